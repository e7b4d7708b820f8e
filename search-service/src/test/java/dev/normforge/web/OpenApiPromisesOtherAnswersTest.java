package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.access.Role;
import dev.normforge.comparison.Grids;
import dev.normforge.search.Comparisons;
import dev.normforge.search.SimulatedTraining;
import dev.normforge.web.Documented.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Calls every operation of the served document on a finished search and a finished comparison: status, media type and body are
 * what it says. An operation that cannot be called fails.
 */
class OpenApiPromisesOtherAnswersTest extends ServiceUnderTest {

    private static final List<String> ORDERS = List.of("pause", "resume", "cancel");

    @Autowired
    private ApplicationContext service;

    @Autowired
    private Comparisons comparisons;

    private final Map<String, String> values = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Documented document = new Documented(JSON.readTree("{\"components\": {}}"));

    @BeforeEach
    void somethingOfEverything() {
        document = new Documented(read("/api/v1/openapi.json"));
        var training = new SimulatedTraining(service);
        var name = UUID.randomUUID().toString();
        var search = training.search("documented-" + name, 16, 51);
        var comparison = comparisons.create("comparison-" + name, Grids.of("bn-relu", "gn-relu").batches(4, 8).spec(),
                Duration.ZERO).id();
        training.finish(comparison);
        values.put("search", "documented-" + name);
        values.put("comparison", "comparison-" + name);
        values.put("layer", "evonorm-s0");
        values.put("/api/v1/comparisons/{comparison}/layers/layer", "gn-relu");
        values.put("file", "layer.py");
        values.put("searches", "documented-" + name);
        values.put("worker", jdbc.sql("select id from worker order by id desc limit 1").query(String.class).single());
        values.put("workers", String.valueOf(values.get("worker")));
        values.put("plot", read("/api/v1/comparisons/comparison-" + name + "/plots").at("/0/name").stringValue());
        values.put("birth", jdbc.sql("""
                select birth from evaluation where search_id = :id and purpose = 'CONFIRMATION' and birth is not null
                limit 1
                """).param("id", search.value()).query(String.class).single());
    }

    private void call(Operation operation, String address, String body, int expected, String... headers) {
        var answer = operation.method().equals("POST") && headers.length == 0
                ? send("POST", address, body, "Content-Type", "application/json")
                : send(operation.method(), address, body.isEmpty() ? null : body, headers);
        if (answer.status() != expected) {
            faults.add("%s answers %d, expected %d: %s".formatted(operation, answer.status(), expected,
                    answer.raw().body()));
            return;
        }
        document.faults(operation, answer.status(), answer.type(), answer.raw().body())
                .forEach(fault -> faults.add(operation + " " + fault));
    }

    private List<Operation> reading() {
        return document.operations().stream().filter(Operation::reads).toList();
    }

    private static boolean streams(Operation operation) {
        return operation.types(200).contains("text/event-stream");
    }

    @Test
    void everyReadIsAnsweredAsDocumented() {
        for (var operation : reading()) {
            if (!streams(operation)) { // never ends: DoorbellRingsTest listens
                call(operation, Documented.address(operation, values) + query(operation), "", 200);
            }
        }
        assertThat(faults).isEmpty();
    }

    /** What an operation wants to be told. */
    private String query(Operation operation) {
        return switch (operation.path()) {
            case "/api/v1/curves" -> "?searches=" + values.get("searches");
            case "/api/v1/workers/timelines" -> "?workers=" + values.get("workers");
            default -> "";
        };
    }

    /** Which screened-out, inherited or untrained births have, other fields are null. */
    @Test
    void everyKindOfBirthIsAnsweredAsDocumented() {
        var births = jdbc.sql("""
                select min(c.birth)::text from candidate c join search s on s.id = c.search_id
                  left join outcome o on o.search_id = s.id
                       and o.evaluation_id = (select max(e.id) from evaluation e where e.search_id = s.id
                                                 and e.birth = c.birth and e.purpose = 'EVOLUTION')
                 where s.name = :name group by c.fate, c.screen_rule, o.kind, c.parent_birth is null
                """).param("name", values.get("search")).query(String.class).list();
        assertThat(births).hasSizeGreaterThan(5);
        for (var operation : reading().stream().filter(one -> one.path().endsWith("{birth}")
                || one.path().endsWith("/tournament") || one.path().endsWith("/kin")).toList()) {
            for (var birth : births) {
                values.put("birth", birth);
                call(operation, Documented.address(operation, values), "", 200);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyOrderIsAnsweredAsDocumented() {
        var orders = Map.of("/api/v1/searches", "{\"name\": \"order-%s\", \"preset\": \"smoke\"}",
                "/api/v1/comparisons", "{\"name\": \"order-%s\", \"comparison\": \"frozen\"}");
        for (var operation : document.operations().stream().filter(one -> !one.reads()).toList()) {
            var name = UUID.randomUUID().toString();
            var order = orders.get(operation.path());
            if (order != null) {
                call(operation, operation.path(), order.formatted(name), 201);
                call(operation, operation.path(), order.formatted(name), 200);
                call(operation, operation.path(), order.formatted(name).replace("}", ", \"data\": \"synthetic\"}"),
                        409);
                call(operation, operation.path(), "{}", 400);
                call(operation, operation.path(), "[".repeat(300_000), 413);
                call(operation, operation.path(), "<a/>", 415, "Content-Type", "application/xml");
            } else if (operation.path().equals(SessionApi.PATH)) {
                logsInAndOut(operation);
            } else if (operation.path().endsWith("/validate")) {
                call(operation, operation.path(), "{\"name\": \"%s\", \"preset\": \"smoke\"}".formatted(name), 200);
                call(operation, operation.path(), "[".repeat(300_000), 413);
                call(operation, operation.path(), "<a/>", 415, "Content-Type", "application/xml");
            } else if (ORDERS.stream().anyMatch(intent -> operation.path().endsWith("/" + intent))) {
                call(operation, Documented.address(operation, running(operation, name)), "", 200);
                call(operation, Documented.address(operation, values), "", 409);
            } else {
                faults.add(operation + " is called by nobody: add it to this test");
            }
        }
        assertThat(faults).isEmpty();
    }

    private void logsInAndOut(Operation operation) {
        if (operation.method().equals("DELETE")) {
            call(operation, operation.path(), "", 204);
        } else {
            call(operation, operation.path(), "{\"token\": \"%s\"}".formatted(links.create(Role.VIEWER)), 200);
            call(operation, operation.path(), "{\"token\": 7}", 400);
        }
    }

    /** Something that has not ended. */
    private Map<String, String> running(Operation operation, String name) {
        var kind = operation.path().split("/")[3];
        var body = kind.equals("searches")
                ? "{\"name\": \"%s\", \"preset\": \"smoke\"}"
                : "{\"name\": \"%s\", \"comparison\": \"frozen\"}";
        assertThat(post("/api/v1/" + kind, body.formatted(name)).status()).isEqualTo(201);
        return Map.of("search", name, "comparison", name);
    }

    @Test
    void everyProblemIsAnsweredAsDocumented() {
        var nothing = Map.of("search", "none", "comparison", "none", "layer", "none", "birth", "0", "plot", "none",
                "file", "none", "worker", "0");
        for (var operation : document.operations()) {
            if (operation.path().contains("{")) {
                call(operation, Documented.address(operation, nothing), "", 404);
            }
            operation.node().path("parameters").valueStream()
                    .filter(parameter -> parameter.at("/schema/type").asString("").equals("integer"))
                    .forEach(parameter -> wrong(operation, parameter.get("name").stringValue(),
                            parameter.get("in").stringValue()));
            if (operation.reads() && !operation.answer(406).isMissingNode()) {
                call(operation, Documented.address(operation, values) + query(operation), "", 406, "Accept",
                        "audio/ogg");
            }
        }
        assertThat(faults).isEmpty();
    }

    private void wrong(Operation operation, String parameter, String place) {
        if (place.equals("path")) {
            var changed = new HashMap<>(values);
            changed.put(parameter, "x");
            call(operation, Documented.address(operation, changed), "", 400);
        } else {
            call(operation, Documented.address(operation, values) + "?" + parameter + "=x", "", 400);
        }
    }

    /** What this test would overlook, it would overlook for ever. */
    @Test
    void anotherAnswerIsAFault() {
        var operation = document.operations().stream()
                .filter(one -> one.path().equals("/api/v1/searches/{search}/front"))
                .findFirst().orElseThrow();
        var body = get(Documented.address(operation, values)).raw().body();
        assertThat(document.faults(operation, 200, "application/json", body)).isEmpty();
        for (var wrong : List.of("{}", "[]", body.replaceFirst("\"ordinal\":\\d+", "\"ordinal\":null"),
                body.replaceFirst("\\{", "{\"more\":1,"), body.replaceFirst("\"ordinal\"", "\"ordinals\""))) {
            assertThat(document.faults(operation, 200, "application/json", wrong)).as(wrong).isNotEmpty();
        }
        assertThat(document.faults(operation, 418, "application/json", body)).isNotEmpty();
        assertThat(document.faults(operation, 200, "text/html", body)).isNotEmpty();
    }
}
