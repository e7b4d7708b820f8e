package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.Rejection;
import dev.normforge.queue.EvaluationQueue;
import dev.normforge.queue.Settlement;
import dev.normforge.queue.WorkerProcess;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is repeated, lost or late: one evaluation has one outcome, and test counts stay where nobody reads them. */
class ResultCountsTwiceTest {

    private TestDatabase database;
    private EvaluationQueue queue;
    private QueuedSearch search;
    private long worker;
    private long other;

    @BeforeEach
    void aSearchAndTwoWorkers() throws SQLException {
        database = TestDatabase.create();
        queue = new EvaluationQueue(database.dataSource());
        search = QueuedSearch.create(database, Presets.read("smoke").proxy());
        worker = queue.register(new WorkerProcess("one", "here", 1, "cpu", "test"));
        other = queue.register(new WorkerProcess("two", "here", 2, "cpu", "test"));
    }

    private static Outcome scored(int correct, boolean tested) {
        var test = tested ? new AnchorScore.Count(4321, 10_000) : null;
        return new Outcome.Scored(
                List.of(new AnchorScore("resnet", correct, 256, test, 2.1, 10, 3.5,
                        List.of(new AnchorScore.CurvePoint(5, 2.2))),
                        new AnchorScore("mobilenetv2", 70, 256, test, 2.0, 10, 3.5, List.of())),
                new Outcome.Spent(20, 0, 0, 123));
    }

    @Test
    void theFirstResultCountsAndALaterDifferentOneIsKeptAsEvidence() throws SQLException {
        long evaluation = search.order("bn-relu", 1, false, ScoredOn.SEARCH);
        assertThat(queue.isSettled(evaluation)).isFalse();
        assertThat(queue.settle(evaluation, worker, scored(100, false))).isEqualTo(Settlement.COUNTED);
        assertThat(queue.settle(evaluation, worker, scored(100, false))).isEqualTo(Settlement.COUNTED);
        assertThat(queue.settle(evaluation, other, scored(99, false))).isEqualTo(Settlement.SUPERSEDED);
        assertThat(queue.settle(evaluation, other, scored(99, false))).isEqualTo(Settlement.SUPERSEDED);
        assertThat(queue.isSettled(evaluation)).isTrue();
        assertThat(database.text("select count(*) from outcome")).isEqualTo("1");
        assertThat(database.text("select count(*) from superseded")).isEqualTo("1");
        assertThat(database.text("select sum(correct) from anchor_result")).isEqualTo("170");
        assertThat(database.text("select worker_id from outcome")).isEqualTo(Long.toString(worker));
    }

    @Test
    void ofTenResultsAtOnceExactlyOneCounts() throws Exception {
        long evaluation = search.order("bn-relu", 1, false, ScoredOn.SEARCH);
        try (var threads = Executors.newFixedThreadPool(10)) {
            var reports = IntStream.range(0, 10).mapToObj(
                    i -> (Callable<Settlement>) () -> queue.settle(evaluation, worker, scored(100 + i, false)))
                    .toList();
            var settled = threads.invokeAll(reports).stream().map(Future::resultNow).toList();
            assertThat(settled).filteredOn(Settlement.COUNTED::equals).hasSize(1);
        }
        assertThat(database.text("select count(*) from superseded")).isEqualTo("9");
        assertThat(database.text("select count(*) from anchor_result")).isEqualTo("2");
    }

    @Test
    void testCountsAreSealedAndNowhereElse() throws SQLException {
        long evaluation = search.order("bn-relu", 1, false, ScoredOn.CONFIRM_AND_TEST);
        queue.settle(evaluation, worker, scored(100, true));
        queue.settle(evaluation, other, scored(99, true));
        assertThat(database.text("select sum(correct) from sealed_test")).isEqualTo("8642");
        assertThat(database.text("select detail::text from outcome")).doesNotContain("4321").contains("\"test\": null");
        assertThat(database.text("select detail::text from superseded")).doesNotContain("4321");
    }

    @Test
    void rejectionsAndFailuresHaveTheirReasonInWordsAndNoScores() throws SQLException {
        long rejected = search.order("bn-relu", 1, true, ScoredOn.SEARCH);
        var soFar = ((Outcome.Scored) scored(3, false)).scores();
        queue.settle(rejected, worker, new Outcome.Rejected(new Rejection.HighLoss("resnet", 20, 2.5, 2.4), soFar,
                List.of(), new Outcome.Spent(20, 0, 140, 5)));
        long failed = search.order("bn-relu", 2, true, ScoredOn.SEARCH);
        queue.settle(failed, worker, new Outcome.Failed(new Failure.EngineError("no"), Outcome.Spent.NOTHING));
        assertThat(database.text("select kind || stage || reason || saved_steps from outcome where evaluation_id = ?",
                rejected)).isEqualTo("REJECTEDQUALITYhigh-loss140");
        assertThat(database.text("select kind || reason || coalesce(stage, '-') from outcome where evaluation_id = ?",
                failed)).isEqualTo("FAILEDengine-error-");
        assertThat(database.text("select count(*) from anchor_result")).isEqualTo("0");
    }

    @Test
    void aResultForADeletedSearchIsDroppedQuietly() throws SQLException {
        long evaluation = search.order("bn-relu", 1, false, ScoredOn.SEARCH);
        database.execute("delete from search where id = ?", search.id());
        assertThat(queue.settle(evaluation, worker, scored(100, false))).isEqualTo(Settlement.GONE);
        assertThat(queue.load(evaluation)).isEmpty();
        assertThat(queue.isWanted(evaluation)).isFalse();
    }

    @Test
    void anOrderIsReadAsItWasWritten() throws SQLException {
        long evaluation = search.order("evonorm-s0", 3, true, ScoredOn.CONFIRM);
        var request = queue.load(evaluation).orElseThrow();
        assertThat(request.id()).isEqualTo(evaluation);
        assertThat(request.proxy()).isEqualTo(search.proxy());
        assertThat(request.seed()).isEqualTo(3);
        assertThat(request.gates()).isTrue();
        assertThat(request.stabilityFloor()).isNull();
        assertThat(request.scoredOn()).isEqualTo(ScoredOn.CONFIRM);
        database.execute("update evaluation set stability_floor = 0.25 where id = ?", evaluation);
        assertThat(queue.load(evaluation).orElseThrow().stabilityFloor()).isEqualTo(0.25);
    }

    @Test
    void nobodyWaitsForAnEvaluationOfACancelledSearch() throws SQLException {
        long evaluation = search.order("bn-relu", 1, false, ScoredOn.SEARCH);
        assertThat(queue.isWanted(evaluation)).isTrue();
        database.execute("update search set intent = 'PAUSE'");
        assertThat(queue.isWanted(evaluation)).isTrue();
        database.execute("update search set intent = 'CANCEL'");
        assertThat(queue.isWanted(evaluation)).isFalse();
    }
}
