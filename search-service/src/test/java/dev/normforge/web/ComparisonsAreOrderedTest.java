package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.normforge.comparison.ComparisonPlan;
import dev.normforge.comparison.Grids;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.NamedComparisons;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.search.Comparisons;
import dev.normforge.search.SimulatedTraining;
import java.util.Collections;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class ComparisonsAreOrderedTest extends ServiceUnderTest {

    private static final String PATH = "/api/v1/comparisons";
    private static final String LABELLED = """
            {"kind": "graph", "label": "LABEL", "nodes": [{"op": "sigmoid", "in": ["x"]}], "numerics": null}""";

    @Autowired
    private Comparisons comparisons;

    @Autowired
    private ApplicationContext service;

    private final String name = "compared-" + UUID.randomUUID();
    private final String path = PATH + "/" + name;

    private Answer order(ComparisonSpec spec) {
        return order(ProtocolJson.write(spec));
    }

    private Answer order(String spec) {
        return post(PATH, "{\"name\": \"%s\", \"spec\": %s}".formatted(name, spec));
    }

    @Test
    void aRepeatedOrderFindsTheSameComparisonAndAnotherOneIsAConflict() {
        var order = "{\"name\": \"%s\", \"comparison\": \"frozen\", \"seeds\": 2}".formatted(name);
        var created = post(PATH, order);
        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(path);
        assertThat(created.json().get("comparison").stringValue()).isEqualTo("frozen");
        assertThat(created.json().get("phase").stringValue()).isEqualTo("COMPARISON");
        var again = post(PATH, order);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("id")).isEqualTo(created.json().get("id"));
        assertThat(jdbc.sql("select count(*) from evaluation where search_id = :id")
                .param("id", created.json().get("id").longValue()).query(Integer.class).single())
                .as("runs ordered")
                .isEqualTo(2 * ComparisonPlan.of(NamedComparisons.read("frozen")).trainings().size());
        var other = post(PATH, order.replace(": 2", ": 3"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.type()).startsWith("application/problem+json");
        assertThat(other.json().get("field").stringValue()).isEqualTo("name");
        assertThat(other.json().get("detail").stringValue())
                .isEqualTo("comparison '%s' exists with seeds 2, not 3: choose another name".formatted(name));
    }

    @Test
    void aSearchsNameIsTaken() {
        var search = new StoredSearch(jdbc, "cifar10");
        var refused = post(PATH, "{\"name\": \"%s\", \"comparison\": \"frozen\"}".formatted(search.name));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").stringValue()).contains("is the name of a search");
    }

    @Test
    void whatIsAskedForOverridesTheNamedComparisonAndLeavesWhatIsPublished() {
        post(PATH, """
                {"name": "%s", "comparison": "frozen", "seeds": 2, "firstSeed": 70, "minutes": 1.5,
                 "data": "synthetic"}""".formatted(name));
        var spec = comparisons.spec(comparisons.find(name).orElseThrow().id());
        var named = NamedComparisons.read("frozen");
        assertThat(spec).isEqualTo(new ComparisonSpec("frozen", named.layers(),
                named.proxy().withData(named.proxy().data().named("synthetic")), named.grid(), 2, 70,
                named.scoredOn(), named.evaluations(), named.threeCurves(), 1.5, named.expectations()));
    }

    @Test
    void aWholeSpecificationIsTakenAsItIsAndMayBeOverriddenToo() {
        var spec = Grids.of("bn-relu", "gn-relu").batches(4, 8).statistics(Grids.MOVING, Grids.PRECISE).spec();
        assertThat(order(spec).status()).isEqualTo(201);
        assertThat(comparisons.spec(comparisons.find(name).orElseThrow().id())).isEqualTo(spec);
        assertThat(order(spec).status()).isEqualTo(200);
        var longer = post(PATH, "{\"name\": \"%s-5\", \"seeds\": 5, \"spec\": %s}".formatted(name,
                ProtocolJson.write(spec)));
        assertThat(longer.status()).isEqualTo(201);
        assertThat(read(path + "-5").at("/spec/seeds").intValue()).isEqualTo(5);
    }

    static Stream<ComparisonSpec> wrongCombinations() {
        return Stream.of(Grids.of("gn-relu", "evonorm-s0").normalized(2, 4).spec(),
                Grids.of("bn-relu").batches(8, 12).normalized(8).spec(), Grids.of("bn-relu").normalized(32).spec(),
                Grids.of("no-such-layer").spec(), Grids.of("bn-relu", "bn-relu").spec(),
                Grids.of("gn-relu").statistics(Grids.MOVING, Grids.PRECISE).spec(),
                Grids.of("bn-relu").corruptions("none", "blur-heavy").adapting().spec());
    }

    @ParameterizedTest
    @MethodSource("wrongCombinations")
    void aWrongCombinationIsRefusedInTheWordsOfThePlanBeforeAnythingIsOrdered(ComparisonSpec spec) {
        var words = catchThrowableOfType(IllegalArgumentException.class, () -> ComparisonPlan.of(spec)).getMessage();
        var runs = jdbc.sql("select count(*) from evaluation").query(Long.class).single();
        var refused = order(spec);
        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(400);
        assertThat(refused.json().get("detail").stringValue()).isEqualTo(words);
        assertThat("%s is %s, expected %s".formatted(refused.json().get("field").stringValue(),
                refused.json().get("value").stringValue(), refused.json().get("expected").stringValue()))
                .isEqualTo(words);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(jdbc.sql("select count(*) from evaluation").query(Long.class).single()).isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"<script>alert(1)</script>|spec.layers[1].label",
            "a\\\"b|spec.layers[1].label",
            "=HYPERLINK(1)|spec.layers[1].label", "\\u0000|spec.layers[1].label", "\\ud800|spec.layers[1].label"})
    void aHostileLabelIsRefused(String label, String field) {
        var spec = ProtocolJson.write(Grids.of("bn-relu").spec());
        var hostile = order(spec.replace("\"layers\": [", "\"layers\": [{\"kind\": \"named\", \"name\": \"gn-relu\"}, "
                + LABELLED.replace("LABEL", label) + ", "));
        assertThat(hostile.status()).as(hostile.raw().body()).isEqualTo(400);
        assertThat(hostile.json().get("field").stringValue()).isEqualTo(field);
        assertThat(hostile.json().get("expected").stringValue()).startsWith("1 to 60 letters");
    }

    /** The only text of a specification that may hold anything: what tables would show is escaped where it is shown. */
    @Test
    void aHostileFindingIsRefusedOrEscaped() {
        var part = "{\"weight\": 1, \"layer\": \"bn-relu\"}, {\"weight\": -1, \"layer\": \"gn-relu\"}";
        var spec = ProtocolJson.write(Grids.of("bn-relu", "gn-relu").spec()).replace("\"expectations\": []",
                "\"expectations\": [{\"published\": \"FINDING\", \"parts\": [" + part + "]}]");
        for (var hostile : new String[]{"\\u0000", "\\ud800 alone", "two\\nlines", "", "x".repeat(501)}) {
            var refused = order(spec.replace("FINDING", hostile));
            assertThat(refused.status()).as(refused.raw().body()).isEqualTo(400);
            assertThat(refused.json().get("field").stringValue()).isEqualTo("spec.expectations[0].published");
        }
        assertThat(order(spec.replace("FINDING", "b").replace("\"weight\": 1,", "\"weight\": \"NaN\",")).status())
                .isEqualTo(400);
        assertThat(order(spec.replace("FINDING", "größer | <img src=x onerror=alert(1)> 😀")).status()).isEqualTo(201);
        var page = get(path + "/comparison.md").raw().body();
        assertThat(page).contains("größer \\| \\<img src=x onerror=alert(1)\\> 😀").doesNotContain(" <img");
        assertThat(get(path + "/result").json().at("/spec/expectations/0/published").stringValue())
                .isEqualTo("größer | <img src=x onerror=alert(1)> 😀");
    }

    /** What a short body becomes in the database is several times as long; it is still read. */
    @Test
    void aLongSpecificationIsReadAgain() {
        var part = "{\"weight\":1e-300,\"layer\":\"bn-relu\"}";
        var parts = String.join(",", Collections.nCopies(6000, part));
        var spec = ProtocolJson.write(Grids.of("bn-relu").spec()).replace("\"expectations\": []",
                "\"expectations\": [{\"published\": \"b\", \"parts\": [" + parts + "]}]");
        assertThat(order(spec).status()).isEqualTo(201);
        assertThat(get(path).status()).isEqualTo(200);
        assertThat(get(path + "/result").status()).isEqualTo(200);
        assertThat(get(path + "/comparison.md").status()).isEqualTo(200);
    }

    @Test
    void pauseResumeAndCancelMayBeRepeated() {
        order(Grids.of("gn-relu").spec());
        for (var step : new String[][]{{"pause", "PAUSE"}, {"pause", "PAUSE"}, {"resume", "RUN"}, {"resume", "RUN"},
                {"cancel", "CANCEL"}, {"cancel", "CANCEL"}}) {
            var answer = post(path + "/" + step[0], null);
            assertThat(answer.status()).as(step[0] + answer.raw().body()).isEqualTo(200);
            assertThat(answer.json().get("intent").stringValue()).isEqualTo(step[1]);
        }
        var late = post(path + "/resume", null);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().get("detail").stringValue())
                .isEqualTo("intent is CANCEL, expected a comparison that is not being cancelled");
        new SimulatedTraining(service).finish(comparisons.find(name).orElseThrow().id());
        assertThat(read(path).at("/comparison/ending").stringValue()).isEqualTo("CANCELLED");
        assertThat(post(path + "/cancel", null).status()).as("again, after the end").isEqualTo(200);
    }

    @Test
    void aFinishedComparisonTakesNoOrders() {
        order(Grids.of("gn-relu").spec());
        new SimulatedTraining(service).finish(comparisons.find(name).orElseThrow().id());
        for (var order : new String[]{"/pause", "/resume", "/cancel"}) {
            var late = post(path + order, null);
            assertThat(late.status()).as(order).isEqualTo(409);
            assertThat(late.json().get("detail").stringValue())
                    .isEqualTo("phase is FINISHED, expected a comparison that has not finished");
        }
    }
}
