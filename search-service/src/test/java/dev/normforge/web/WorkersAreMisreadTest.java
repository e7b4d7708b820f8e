package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.queue.EvaluationQueue;
import dev.normforge.queue.EvaluationTask;
import dev.normforge.queue.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What the service says of workers and their queue, against rows. */
class WorkersAreMisreadTest extends ServiceUnderTest {

    private static final String HOUR_AGO = "clock_timestamp() - interval '1 hour'";

    @Autowired
    private DataSource database;

    private StoredSearch search;

    @BeforeEach
    void stored() {
        search = new StoredSearch(jdbc, "synthetic");
        jdbc.sql("delete from scheduled_tasks").update();
    }

    /** Started an hour ago, seen just now. */
    private long worker() {
        return jdbc.sql("""
                insert into worker (name, host, pid, device, version, started_at)
                values (:name, 'lab-1', 4711, 'cpu, 1 thread', 'test', %s) returning id
                """.formatted(HOUR_AGO)).param("name", "w-" + UUID.randomUUID()).query(Long.class).single();
    }

    private long evaluation(String formula) {
        return search.ordered(search.born(formula, null));
    }

    private void settled(long worker, long evaluation, String kind, Duration ago, long millis) {
        jdbc.sql(
                """
                        insert into outcome (evaluation_id, search_id, worker_id, kind, stage, reason, detail, steps, audit_steps,
                                             saved_steps, device_ms, settled_at)
                        values (:evaluation, :search, :worker, :kind, :stage, :reason, '{}', 120, 0, 0, :millis,
                                clock_timestamp() - make_interval(secs => :ago))
                        """)
                .param("evaluation", evaluation).param("search", search.id).param("worker", worker)
                .param("kind", kind).param("stage", kind.equals("REJECTED") ? "QUALITY" : null)
                .param("reason", kind.equals("SCORED") ? null : "high-loss").param("millis", millis)
                .param("ago", ago.toSeconds()).update();
    }

    private void task(long evaluation, @Nullable String pickedBy, int dueSecondsAgo) {
        jdbc.sql(
                """
                        insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
                        values (:task, :instance, clock_timestamp() - make_interval(secs => :ago), :picked::text is not null, :picked,
                                clock_timestamp(), 1)
                        """)
                .param("task", EvaluationTask.NAME).param("instance", String.valueOf(evaluation))
                .param("ago", dueSecondsAgo).param("picked", pickedBy).update();
    }

    private String name(long worker) {
        return jdbc.sql("select name from worker where id = :id").param("id", worker).query(String.class).single();
    }

    private JsonNode live(long worker) {
        return read("/api/v1/workers").valueStream().filter(one -> one.get("id").longValue() == worker).findFirst()
                .orElseThrow();
    }

    private JsonNode timeline(long worker, String query) {
        return read("/api/v1/workers/%d/timeline%s".formatted(worker, query));
    }

    /** Other tests' workers would take them. */
    @AfterEach
    void nothingIsLeftInTheQueue() {
        jdbc.sql("delete from scheduled_tasks").update();
    }

    @Test
    void whatItTrainsIsNamedToTheLastStep() {
        long worker = worker();
        int birth = search.born("tanh(x)", null);
        long evaluation = search.ordered(birth);
        jdbc.sql("""
                update proxy set spec = '{"anchors": [{"name": "resnet"}, {"name": "mobilenetv2"}]}'
                 where hash = decode(repeat('00', 32), 'hex')
                """).update();
        jdbc.sql(
                """
                        update worker set evaluation_id = :evaluation, evaluation_since = clock_timestamp(), anchor = 1, step = 33,
                            steps = 80 where id = :id""")
                .param("evaluation", evaluation).param("id", worker).update();
        var shown = live(worker);
        assertThat(shown.get("state").stringValue()).isEqualTo("TRAINING");
        assertThat(shown.get("searchName").stringValue()).isEqualTo(search.name);
        assertThat(shown.get("comparison").booleanValue()).isFalse();
        assertThat(shown.get("birth").intValue()).isEqualTo(birth);
        assertThat(shown.get("formula").stringValue()).isEqualTo("tanh(x)");
        assertThat(shown.get("anchorName").stringValue()).isEqualTo("mobilenetv2");
        assertThat(shown.get("step").intValue()).isEqualTo(33);
        assertThat(shown.get("since").isNull()).isFalse();
        assertThat(shown.get("version").stringValue()).isEqualTo("test");
    }

    @Test
    void aHeartbeatThatIsOlderThanTheLeaseNamesTheWrongLayer() {
        long worker = worker();
        long before = evaluation("x");
        settled(worker, before, "SCORED", Duration.ZERO, 10);
        jdbc.sql("update worker set evaluation_id = :evaluation, anchor = 2, step = 80, steps = 80 where id = :id")
                .param("evaluation", before).param("id", worker).update();
        assertThat(live(worker).get("state").stringValue()).as("between two").isEqualTo("WAITING");
        long now = evaluation("x + 1");
        task(now, name(worker), 1);
        var shown = live(worker);
        assertThat(shown.get("state").stringValue()).isEqualTo("TRAINING");
        assertThat(shown.get("evaluation").longValue()).isEqualTo(now);
        assertThat(shown.get("formula").stringValue()).isEqualTo("x + 1");
        assertThat(shown.get("step").isNull()).as("the step of another training").isTrue();
        assertThat(shown.get("since").isNull()).isFalse();
    }

    @Test
    void aWorkerWithoutHeartbeatsPassesForOneThatTrains() {
        long worker = worker();
        task(evaluation("x"), name(worker), 1);
        assertThat(live(worker).get("state").stringValue()).isEqualTo("TRAINING");
        jdbc.sql("update worker set seen_at = clock_timestamp() - interval '16 seconds' where id = :id")
                .param("id", worker).update();
        assertThat(live(worker).get("state").stringValue()).isEqualTo("SILENT");
    }

    @Test
    void theSecondHeartbeatOfATrainingMovesItsBeginning() throws Exception {
        var queue = new EvaluationQueue(database);
        long worker = worker();
        long first = evaluation("x");
        long second = evaluation("x + 1");
        queue.beat(worker, new Progress(first, 0, 1, 80));
        var since = live(worker).get("since").stringValue();
        queue.beat(worker, new Progress(first, 0, 2, 80));
        assertThat(live(worker).get("since").stringValue()).isEqualTo(since);
        queue.beat(worker, new Progress(second, 0, 1, 80));
        assertThat(Instant.parse(live(worker).get("since").stringValue())).isAfter(Instant.parse(since));
        queue.beat(worker, null);
        assertThat(live(worker).get("since").isNull()).isTrue();
        assertThat(live(worker).get("state").stringValue()).isEqualTo("WAITING");
    }

    @Test
    void barsAreAsLongAsTrainingTookAndOfThisWorkerAlone() {
        long worker = worker();
        long rejected = evaluation("x");
        long scored = evaluation("x + 1");
        settled(worker, rejected, "REJECTED", Duration.ofMinutes(20), 4000);
        settled(worker, scored, "SCORED", Duration.ofMinutes(2), 9000);
        settled(worker, evaluation("x + 2"), "SCORED", Duration.ofMinutes(31), 9000);
        settled(worker(), evaluation("x + 3"), "SCORED", Duration.ofMinutes(1), 9000);
        var bars = timeline(worker, "").at("/workers/0/done").valueStream().toList();
        assertThat(bars).extracting(bar -> bar.get("evaluation").longValue()).containsExactly(rejected, scored);
        assertThat(bars).extracting(bar -> bar.get("kind").stringValue()).containsExactly("REJECTED", "SCORED");
        assertThat(bars).extracting(bar -> Duration.between(Instant.parse(bar.get("began").stringValue()),
                Instant.parse(bar.get("settled").stringValue())).toMillis()).containsExactly(4000L, 9000L);
        assertThat(bars.getFirst().get("stage").stringValue()).isEqualTo("QUALITY");
        assertThat(bars.getFirst().get("reason").stringValue()).isEqualTo("high-loss");
        assertThat(bars.getFirst().get("searchName").stringValue()).isEqualTo(search.name);
        assertThat(timeline(worker, "?minutes=60").at("/workers/0/done").size()).isEqualTo(3);
        assertThat(timeline(worker, "?since=" + Instant.now().minusSeconds(300)).at("/workers/0/done").size()).isOne();
        assertThat(timeline(worker, "?since=" + Instant.now().minusSeconds(36_000)).at("/workers/0/done").size())
                .as("no further back than is asked for").isEqualTo(2);
    }

    @Test
    void ratesCountTheLastFiveMinutesAndNoMore() {
        long worker = worker();
        IntStream.range(0, 10)
                .forEach(i -> settled(worker, evaluation("x + " + i), "SCORED", Duration.ofSeconds(10 * i), 9000));
        settled(worker, evaluation("x"), "SCORED", Duration.ofSeconds(301), 9000);
        var shown = timeline(worker, "").at("/workers/0");
        assertThat(shown.get("evaluationsPerMinute").doubleValue()).isCloseTo(2, within(1e-9));
        assertThat(shown.get("stepsPerSecond").doubleValue()).isCloseTo(10 * 120 / 300.0, within(1e-9));
        jdbc.sql("update worker set started_at = clock_timestamp() - interval '100 seconds' where id = :id")
                .param("id", worker).update();
        assertThat(timeline(worker, "").at("/workers/0/evaluationsPerMinute").doubleValue())
                .as("of a young one, since it began").isCloseTo(6, within(0.3));
    }

    @Test
    void theLastRefusalIsForgottenBehindScores() {
        long worker = worker();
        assertThat(timeline(worker, "").at("/workers/0/refusal").isNull()).isTrue();
        settled(worker, evaluation("x"), "REJECTED", Duration.ofHours(3), 4000);
        long last = evaluation("x - 1");
        settled(worker, last, "FAILED", Duration.ofHours(2), 4000);
        settled(worker, evaluation("x + 1"), "SCORED", Duration.ofMinutes(2), 9000);
        var refusal = timeline(worker, "").at("/workers/0/refusal");
        assertThat(refusal.get("evaluation").longValue()).isEqualTo(last);
        assertThat(refusal.get("kind").stringValue()).isEqualTo("FAILED");
    }

    @Test
    void severalTimelinesComeAtOnceAndALongOneIsCut() {
        long one = worker();
        long other = worker();
        settled(one, evaluation("x"), "SCORED", Duration.ofMinutes(1), 10);
        jdbc.sql(
                """
                        insert into evaluation (search_id, purpose, round, reference, genotype, proxy_hash, replicate, seed, gates, audit, scored_on)
                        select e.search_id, 'CALIBRATION', 0, 'bn-relu', e.genotype, e.proxy_hash, n, 7, false, false, 'SEARCH'
                          from (select * from evaluation where search_id = :search limit 1) e, generate_series(1, 1001) n
                        """)
                .param("search", search.id).update();
        jdbc.sql(
                """
                        insert into outcome (evaluation_id, search_id, worker_id, kind, detail, steps, audit_steps, saved_steps, device_ms)
                        select id, search_id, :worker, 'SCORED', '{}', 1, 0, 0, 1 from evaluation
                         where search_id = :search and reference is not null
                        """)
                .param("search", search.id).param("worker", other).update();
        var both = read("/api/v1/workers/timelines?workers=%d,%d,%d".formatted(one, other, Long.MAX_VALUE))
                .get("workers");
        assertThat(both.valueStream().map(shown -> shown.get("id").longValue())).containsExactly(one, other);
        assertThat(both.get(0).get("cut").booleanValue()).isFalse();
        assertThat(both.get(1).get("cut").booleanValue()).isTrue();
        assertThat(both.get(1).get("done").size()).isEqualTo(1000);
    }

    @Test
    void stoppedWorkersComeOnceTheLastFirst() {
        jdbc.sql("delete from worker").update();
        worker();
        for (int i = 0; i < 7; i++) {
            // Two in the same moment.
            jdbc.sql(
                    """
                            update worker set stopped_at = timestamptz '2026-01-01 00:00:00.123456Z' - make_interval(secs => :ago),
                                stop_reason = 'killed: signal 9' where id = :id
                            """)
                    .param("ago", i / 2).param("id", worker()).update();
        }
        var all = jdbc.sql("select id from worker where stopped_at is not null order by stopped_at desc, id desc")
                .query(Long.class).list();
        for (int size : new int[]{1, 2, 3, 100}) {
            var found = new ArrayList<Long>();
            String before = "";
            do {
                var page = read("/api/v1/workers/stopped?size=%d%s".formatted(size, before));
                page.get("items").valueStream().forEach(one -> found.add(one.get("id").longValue()));
                before = page.get("next").isNull() ? "" : "&before=" + page.get("next").longValue();
            } while (!before.isEmpty());
            assertThat(found).as("size %d", size).isEqualTo(all);
        }
        var last = read("/api/v1/workers/stopped?size=1").at("/items/0");
        assertThat(last.get("reason").stringValue()).isEqualTo("killed: signal 9");
        assertThat(read("/api/v1/workers").size()).as("those that live are elsewhere").isOne();
    }

    @Test
    void theQueueSaysHowManyWaitAndForHowLong() {
        var other = new StoredSearch(jdbc, "synthetic");
        assertThat(read("/api/v1/queue").get("oldestMillis").isNull()).isTrue();
        task(evaluation("x"), null, 100);
        task(evaluation("x + 1"), null, -50);
        task(evaluation("x + 2"), "somebody", 200);
        task(other.ordered(other.born("x + 3", null)), null, 40);
        var queue = read("/api/v1/queue");
        assertThat(queue.get("waiting").intValue()).isEqualTo(3);
        assertThat(queue.get("training").intValue()).isOne();
        assertThat(queue.get("oldestMillis").longValue()).isBetween(100_000L, 130_000L);
        assertThat(queue.get("searches").valueStream().map(one -> one.get("name").stringValue()))
                .containsExactly(search.name, other.name);
        assertThat(queue.at("/searches/0/waiting").intValue()).isEqualTo(2);
        assertThat(queue.at("/searches/0/training").intValue()).isOne();
        assertThat(queue.at("/searches/1/oldestMillis").longValue()).isBetween(40_000L, 70_000L);
    }

    @Test
    void allWorkersRatesAddUp() {
        jdbc.sql("delete from outcome").update();
        jdbc.sql("delete from worker").update();
        LongStream.of(worker(), worker())
                .forEach(worker -> settled(worker, evaluation("x + " + worker), "SCORED", Duration.ofMinutes(1), 10));
        long stopped = worker();
        settled(stopped, evaluation("x"), "SCORED", Duration.ofMinutes(2), 10);
        jdbc.sql("update worker set stopped_at = clock_timestamp(), stop_reason = 'finished' where id = :id")
                .param("id", stopped).update();
        jdbc.sql("update worker set seen_at = %s where id = :id".formatted(HOUR_AGO)).param("id", worker()).update();
        var queue = read("/api/v1/queue");
        assertThat(queue.get("evaluationsPerMinute").doubleValue()).isCloseTo(0.6, within(1e-9));
        assertThat(queue.get("stepsPerSecond").doubleValue()).isCloseTo(3 * 120 / 300.0, within(1e-9));
        assertThat(queue.get("live").intValue()).isEqualTo(2);
        assertThat(queue.get("silent").intValue()).isOne();
    }

    @Test
    void whatIsAskedWronglyIsRefusedByName() {
        var many = String.join(",", IntStream.range(0, 101).mapToObj(String::valueOf).toList());
        List.of(List.of("/timelines?workers=" + many, "workers"), List.of("/timelines?workers=", "workers"),
                List.of("/timelines?workers=a", "workers"), List.of("/timelines", "workers"),
                List.of("/timelines?workers=1&minutes=0", "minutes"),
                List.of("/timelines?workers=1&minutes=1441", "minutes"),
                List.of("/timelines?workers=1&since=yesterday", "since"),
                List.of("/stopped?before=" + worker(), "before"), List.of("/stopped?size=0", "size"))
                .forEach(wrong -> {
                    var answer = get("/api/v1/workers" + wrong.getFirst());
                    assertThat(answer.status()).as(wrong.getFirst()).isEqualTo(400);
                    assertThat(answer.type()).startsWith("application/problem+json");
                    assertThat(answer.json().get("field").stringValue()).isEqualTo(wrong.getLast());
                });
        assertThat(get("/api/v1/workers/%d/timeline".formatted(Long.MAX_VALUE)).status()).isEqualTo(404);
    }
}
