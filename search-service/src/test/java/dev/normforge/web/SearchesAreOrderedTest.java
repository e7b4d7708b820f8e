package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SearchesAreOrderedTest extends ServiceUnderTest {

    private final String name = "ordered-" + UUID.randomUUID();

    @Test
    void aRepeatedOrderFindsTheSameSearchAndAnotherOneIsAConflict() {
        var order = "{\"name\": \"%s\", \"preset\": \"laptop\", \"seed\": 5}".formatted(name);
        var created = post("/api/v1/searches", order);
        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/searches/" + name);
        assertThat(created.json().get("seed").longValue()).isEqualTo(5);
        var again = post("/api/v1/searches", order);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("id")).isEqualTo(created.json().get("id"));
        var other = post("/api/v1/searches", order.replace(": 5", ": 6"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.type()).startsWith("application/problem+json");
        assertThat(other.json().get("field").stringValue()).isEqualTo("name");
    }

    @Test
    void whatIsAskedForOverridesThePreset() {
        post("/api/v1/searches", """
                {"name": "%s", "seed": 9, "budget": {"candidates": 11}, "data": "synthetic", "random": true,
                 "batchIndependent": true, "study": "s", "arm": "random"}""".formatted(name));
        var detail = read("/api/v1/searches/" + name);
        assertThat(detail.at("/spec/preset").stringValue()).isEqualTo("laptop");
        assertThat(detail.at("/spec/budget/candidates").intValue()).isEqualTo(11);
        assertThat(detail.at("/spec/budget/minutes").isNull()).isTrue();
        assertThat(detail.at("/spec/strategy/freshProbability").doubleValue()).isEqualTo(1);
        assertThat(detail.at("/spec/space/batchIndependent").booleanValue()).isTrue();
        assertThat(detail.at("/spec/proxy/data/name").stringValue()).isEqualTo("synthetic");
        assertThat(detail.at("/search/study").stringValue()).isEqualTo("s");
        assertThat(detail.at("/search/arm").stringValue()).isEqualTo("random");
    }

    @Test
    void aWholeSpecificationIsTakenAsItIs() {
        var spec = JSON.readTree(StoredSearch.laptop());
        var created = post("/api/v1/searches", "{\"name\": \"%s\", \"spec\": %s}".formatted(name, spec));
        assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
        assertThat(read("/api/v1/searches/" + name).at("/spec/proxy/training/steps"))
                .isEqualTo(spec.at("/proxy/training/steps"));
    }

    @Test
    void aSpecificationWithAWrongValueIsRefusedByItsPath() {
        var spec = StoredSearch.laptop().replace("\"window\": 64", "\"window\": 0");
        var refused = post("/api/v1/searches", "{\"name\": \"%s\", \"spec\": %s}".formatted(name, spec));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("field").stringValue()).contains("strategy.window");
        assertThat(get("/api/v1/searches/" + name).status()).isEqualTo(404);
    }

    @Test
    void pauseResumeAndCancelMayBeRepeated() {
        post("/api/v1/searches", "{\"name\": \"%s\"}".formatted(name));
        for (var step : new String[][]{{"pause", "PAUSE"}, {"pause", "PAUSE"}, {"resume", "RUN"}, {"resume", "RUN"},
                {"cancel", "CANCEL"}, {"cancel", "CANCEL"}}) {
            var answer = post("/api/v1/searches/" + name + "/" + step[0], null);
            assertThat(answer.status()).as(step[0] + answer.raw().body()).isEqualTo(200);
            assertThat(answer.json().get("intent").stringValue()).isEqualTo(step[1]);
        }
        assertThat(post("/api/v1/searches/" + name + "/resume", null).status()).isEqualTo(409);
    }

    @Test
    void aFinishedSearchTakesNoOrders() {
        var search = new StoredSearch(jdbc, "cifar10");
        search.set("phase = 'FINISHED', ending = 'COMPLETED'");
        assertThat(post(search.path() + "/pause", null).status()).isEqualTo(409);
        assertThat(post(search.path() + "/cancel", null).status()).isEqualTo(409);
    }
}
