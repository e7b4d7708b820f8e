package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an order is told before it is given is what creating it answers; and nothing is written. */
class OrdersAreMisjudgedTest extends ServiceUnderTest {

    private final String name = "checked-" + UUID.randomUUID();

    private JsonNode check(String body) {
        var answer = post("/api/v1/searches/validate", body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> fields(JsonNode check) {
        return check.get("problems").valueStream().map(one -> one.path("field").asString("none")).toList();
    }

    /** The laptop preset with parts of its text replaced. */
    private String whole(String... changes) {
        var spec = StoredSearch.laptop();
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(spec).contains(changes[i]);
            spec = spec.replace(changes[i], changes[i + 1]);
        }
        return "{\"name\": \"%s\", \"spec\": %s}".formatted(name, spec);
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        var check = check(whole("\"window\": 64", "\"window\": 1", "\"minutes\": 12", "\"minutes\": -3",
                "\"tournamentShare\": 0.1", "\"tournamentShare\": 1.5", "\"steps\": 400", "\"steps\": \"many\"",
                "\"seed\": 1\n", "\"seed\": 1.5\n").replace(name, "no name"));
        assertThat(fields(check)).containsExactlyInAnyOrder("name", "strategy.window", "strategy.tournamentShare",
                "budget.minutes", "confirmation.steps", "seed");
        var window = check.get("problems").valueStream()
                .filter(one -> one.get("field").stringValue().equals("strategy.window")).findFirst().orElseThrow();
        assertThat(window.get("value").stringValue()).isEqualTo("1");
        assertThat(window.get("expected").stringValue()).isEqualTo("2 to 1000000");
        assertThat(check.get("forecast").isNull()).isTrue();
    }

    @Test
    void faultsOfShortOrdersAreNamedToo() {
        assertThat(fields(
                check("""
                        {"name": "a b", "preset": "none", "seed": "x", "budget": {"minutes": 0, "hours": 3}, "data": "mnist"}""")))
                .containsExactlyInAnyOrder("name", "preset", "seed", "budget.minutes", "budget.hours",
                        "proxy.data.name");
    }

    /** One fault each, of every kind of value: the field is the one that creating names. */
    @Test
    void theFirstFaultIsTheOneThatCreatingNames() {
        for (var change : List.of("\"window\": 64>\"window\": 0", "\"draw\": \"ROWS\">\"draw\": \"COLUMNS\"",
                "\"batch\": 64>\"batch\": 100000", "\"search\": 1920>\"search\": 9000",
                "\"channels\": 256>\"channels\": 0", "\"groups\": 4>\"groups\": null",
                "\"affine-relu\">\"no-such-layer\"", "\"fraction\": 0.25>\"fraction\": 2",
                "\"auditShare\": 0.05>\"auditShare\": 0.05, \"extra\": 1",
                "\"kind\": \"test-batch\">\"kind\": \"none\"")) {
            var parts = change.split(">");
            var body = whole(parts[0], parts[1]);
            var refused = post("/api/v1/searches", body);
            assertThat(refused.status()).as(change).isEqualTo(400);
            var first = check(body).get("problems").get(0);
            assertThat(first.get("field")).as(change).isEqualTo(refused.json().get("field"));
            assertThat(first.get("detail")).as(change).isEqualTo(refused.json().get("detail"));
        }
    }

    @Test
    void nothingIsWritten() {
        var tables = jdbc.sql("""
                select table_name from information_schema.tables where table_schema = 'public'
                 and table_type = 'BASE TABLE'""").query(String.class).list();
        var before = tables.stream().map(this::rows).toList();
        check(whole());
        check(whole("\"window\": 64", "\"window\": 1"));
        check("{\"preset\": \"smoke\"}");
        assertThat(tables.stream().map(this::rows).toList()).isEqualTo(before);
        assertThat(get("/api/v1/searches/" + name).status()).isEqualTo(404);
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from \"%s\"".formatted(table)).query(Long.class).single();
    }

    @Test
    void aTakenNameIsAFaultAndTheSameOrderIsNone() {
        post("/api/v1/searches", whole());
        var again = check(whole());
        assertThat(again.get("problems")).isEmpty();
        assertThat(again.get("existing").stringValue()).isEqualTo(name);
        var other = check(whole("\"window\": 64", "\"window\": 65"));
        assertThat(fields(other)).containsExactly("name");
        assertThat(other.at("/problems/0/detail").stringValue()).contains("strategy.window 64, not 65");
        assertThat(check(whole().replace(name, name + "2")).get("existing").isNull()).isTrue();
    }

    @Test
    void aProposedNameIsFree() {
        var order = "{\"preset\": \"micro-batch\", \"seed\": %d, \"random\": true}".formatted(System.nanoTime());
        var first = check(order).get("freeName").stringValue();
        assertThat(first).startsWith("micro-batch-random-seed");
        for (int i = 2; i < 5; i++) {
            var free = check(order).get("freeName").stringValue();
            assertThat(free).isEqualTo(i == 2 ? first : first + "-" + (i - 1));
            assertThat(post("/api/v1/searches", order.replaceFirst("\\{", "{\"name\": \"%s\", ".formatted(free)))
                    .status()).isEqualTo(201);
        }
    }

    /** Four references with three seeds, eight layers, then four with four references and three seeds each. */
    @Test
    void trainingsAreCounted() {
        var forecast = check(whole()).get("forecast");
        assertThat(forecast.get("anchors").intValue()).isEqualTo(3);
        assertThat(forecast.get("calibration").intValue()).isEqualTo(12);
        assertThat(forecast.get("calibrationSteps").intValue()).isEqualTo(12 * 3 * 80);
        assertThat(forecast.get("firstRound").intValue()).isEqualTo(8);
        assertThat(forecast.get("secondRound").intValue()).isEqualTo(24);
        assertThat(forecast.get("confirmationSteps").intValue()).isEqualTo(32 * 3 * 400);
        assertThat(forecast.get("evolutionSteps").isNull()).isTrue();
        var limited = check(whole("\"candidates\": null", "\"candidates\": 10")).get("forecast");
        assertThat(limited.get("evolutionSteps").intValue()).isEqualTo(10 * 3 * 80);
    }

    /** Another search of the same proxy has measured 9, 8 and 9.5 ms a step, and 100 steps a candidate. */
    @Test
    void timesComeFromASearchOfTheSameProxy() {
        jdbc.sql("update worker set stopped_at = clock_timestamp() where stopped_at is null").update();
        var order = whole("\"candidates\": null", "\"candidates\": 60", "\"learningRate\": 0.1",
                "\"learningRate\": 0.0%d1".formatted(System.nanoTime() % 1_000_000));
        assertThat(check(order).at("/forecast/timing").isNull()).isTrue();
        var measured = new StoredSearch(jdbc, "cifar10");
        measured.calibrated(0.38, 0.365);
        jdbc.sql("update search set spec = :spec::jsonb where id = :id").param("spec",
                check(order).get("spec").toString()).param("id", measured.id).update();
        measured.funnel("SCORED", "scored", 30, 3900, 0);
        measured.funnel("QUALITY", "high-loss", 30, 2100, 0);
        var timing = check(order).at("/forecast/timing");
        assertThat(timing.get("measuredIn").stringValue()).isEqualTo(measured.name);
        double ofOne = (9 + 8 + 9.5) / 3;
        assertThat(timing.get("evolutionMillis").longValue()).isEqualTo(Math.round(60 * 100 * ofOne));
        assertThat(timing.get("calibrationMillis").longValue())
                .isEqualTo(Math.round(12 * 3 * ofOne * (80 + 1920 / (3 * 64.0))));
    }
}
