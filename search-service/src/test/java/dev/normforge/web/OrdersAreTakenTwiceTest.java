package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An order that is sent again under its Idempotency-Key is answered again, and done once. */
class OrdersAreTakenTwiceTest extends ServiceUnderTest {

    private static final int AT_ONCE = 8;

    private final String name = "once-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();
    private final String search = "{\"name\": \"%s\", \"preset\": \"smoke\"}".formatted(name);
    private final String comparison = "{\"name\": \"%s\", \"comparison\": \"frozen\"}".formatted(name);

    private Answer order(String path, String body, String key) {
        return send("POST", path, body, "Content-Type", "application/json", "Idempotency-Key", key);
    }

    private Answer search(String body) {
        return order("/api/v1/searches", body, '"' + key + '"');
    }

    private long searches() {
        return jdbc.sql("select count(*) from search where starts_with(name, :name)").param("name", name)
                .query(Long.class).single();
    }

    @Test
    void theSameAnswerComesAgainAlthoughTheSearchHasMovedOn() {
        var first = search(search);
        assertThat(first.status()).as(first.raw().body()).isEqualTo(201);
        jdbc.sql("update search set births = 7, revision = 9 where name = :name").param("name", name).update();
        var again = search(search);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.raw().body()).isEqualTo(first.raw().body());
        assertThat(again.header("Location")).isEqualTo("/api/v1/searches/" + name);
        assertThat(again.type()).startsWith("application/json");
        assertThat(searches()).isEqualTo(1);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        search(search);
        var other = search(search.replace(name, name + "-other"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.type()).startsWith("application/problem+json");
        assertThat(other.json().get("field").stringValue()).isEqualTo("Idempotency-Key");
        assertThat(other.json().get("value").stringValue()).isEqualTo(key);
        assertThat(searches()).isEqualTo(1);
    }

    /** A key stands for one order in one list. */
    @Test
    void comparisonsHaveKeysOfTheirOwn() {
        search(search.replace(name, name + "-search"));
        var first = order("/api/v1/comparisons", comparison, '"' + key + '"');
        assertThat(first.status()).as(first.raw().body()).isEqualTo(201);
        var again = order("/api/v1/comparisons", comparison, '"' + key + '"');
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.raw().body()).isEqualTo(first.raw().body());
        assertThat(order("/api/v1/comparisons", comparison + " ", '"' + key + '"').status()).isEqualTo(422);
    }

    @Test
    void ofManyAtOnceOneIsDoneAndAllAreAnswered() throws Exception {
        for (var path : List.of("/api/v1/searches", "/api/v1/comparisons")) {
            var body = path.endsWith("searches") ? search : comparison.replace(name, name + "-c");
            var answers = atOnce(_ -> order(path, body, '"' + key + '"'));
            assertThat(answers).extracting(Answer::status).as(path).containsOnly(201);
            assertThat(answers.stream().map(answer -> answer.raw().body()).distinct()).as(path).hasSize(1);
        }
        assertThat(searches()).isEqualTo(2);
    }

    /** One body is taken; whoever came with another one hears of it. */
    @Test
    void ofManyOrdersAtOnceUnderOneKeyOneIsDone() throws Exception {
        var answers = atOnce(i -> search(search.replace(name, name + "-" + i)));
        assertThat(answers).extracting(Answer::status).containsOnly(201, 422);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(searches()).isEqualTo(1);
    }

    private interface Sending {
        Answer send(int number);
    }

    private static List<Answer> atOnce(Sending sending) throws Exception {
        var start = new CyclicBarrier(AT_ONCE);
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var calls = IntStream.range(0, AT_ONCE).mapToObj(i -> (Callable<Answer>) () -> {
                start.await();
                return sending.send(i);
            }).toList();
            var answers = new ArrayList<Answer>();
            for (Future<Answer> call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
            return answers;
        }
    }

    @Test
    void whatWasRefusedMayBeMendedUnderTheSameKey() {
        assertThat(search(search.replace("smoke", "smok")).status()).isEqualTo(400);
        assertThat(search(search).status()).isEqualTo(201);
    }

    @Test
    void aDayLaterTheKeyIsFree() {
        search(search);
        jdbc.sql("update idempotency set created_at = created_at - interval '23 hours' where key = :key")
                .param("key", key).update();
        assertThat(search(search.replace(name, name + "-2")).status()).isEqualTo(422);
        jdbc.sql("update idempotency set created_at = created_at - interval '61 minutes' where key = :key")
                .param("key", key).update();
        assertThat(search(search.replace(name, name + "-2")).status()).isEqualTo(201);
        assertThat(searches()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        for (var wrong : List.of("\"\"", "\"a", "a b", "\"a\"b\"", "\"" + "x".repeat(256) + "\"", "\"a\\n\"")) {
            var refused = order("/api/v1/searches", search, wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.json().get("field").stringValue()).isEqualTo("Idempotency-Key");
        }
        var twice = send("POST", "/api/v1/searches", search, "Content-Type", "application/json", "Idempotency-Key",
                "\"a\"", "Idempotency-Key", "\"b\"");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(searches()).isZero();
    }

    /** Quotation marks belong to the header, not to the key. */
    @Test
    void aBareWordIsTheSameKey() {
        assertThat(search(search).status()).isEqualTo(201);
        assertThat(order("/api/v1/searches", search, key).status()).isEqualTo(201);
        assertThat(order("/api/v1/searches", search, "\"a \\\"quoted\\\" key, with \\\\\"").status()).isEqualTo(200);
        assertThat(jdbc.sql("select key from idempotency where search_id = (select id from search where name = :name)")
                .param("name", name).query(String.class).list())
                .containsExactlyInAnyOrder(key, "a \"quoted\" key, with \\");
    }
}
