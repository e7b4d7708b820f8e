package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.queue.Departure;
import dev.normforge.queue.EvaluationQueue;
import dev.normforge.queue.Loss;
import dev.normforge.queue.Progress;
import dev.normforge.queue.WorkerProcess;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A layer that brings workers down must end as failed, and one whose workers merely vanished must be trained again. */
class LostWorkerIsCountedOnceTest {

    private TestDatabase database;
    private EvaluationQueue queue;
    private QueuedSearch search;
    private long evaluation;

    @BeforeEach
    void anEvaluationInTraining() throws SQLException {
        database = TestDatabase.create();
        queue = new EvaluationQueue(database.dataSource());
        search = QueuedSearch.create(database, Presets.read("smoke").proxy());
        queue.register(new WorkerProcess("w", "here", 1, "cpu", "test"));
        evaluation = search.picked("bn-relu", 1, "w");
    }

    private long version() throws SQLException {
        return Long.parseLong(database.text("select version from scheduled_tasks"));
    }

    private void pickAgain() throws SQLException {
        database.execute("update scheduled_tasks set picked = true, picked_by = 'w', version = version + 1");
    }

    @Test
    void aSilentWorkersEvaluationWaitsForAnother() throws SQLException {
        assertThat(queue.lost(evaluation, version(), "w")).isEqualTo(Loss.REVIVED);
        assertThat(database.text("select picked::text || coalesce(picked_by, '') from scheduled_tasks"))
                .isEqualTo("false");
        assertThat(database.text("select losses || ' ' || crashes from evaluation")).isEqualTo("1 0");
        assertThat(database.text("select stop_reason from worker")).isEqualTo("silent");
    }

    @Test
    void twoFindersCountOneLoss() throws Exception {
        long version = version();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var finders = Stream.<Callable<Loss>>generate(() -> () -> queue.lost(evaluation, version, "w")).limit(4)
                    .toList();
            var losses = threads.invokeAll(finders).stream().map(Future::resultNow).toList();
            assertThat(losses).containsOnlyOnce(Loss.REVIVED);
        }
        assertThat(database.text("select losses from evaluation")).isEqualTo("1");
    }

    @Test
    void aSettledEvaluationWhoseCompletionWasLostIsTakenOutOfTheQueue() throws SQLException {
        queue.settle(evaluation, 1, new Outcome.Failed(new Failure.EngineError("x"), Outcome.Spent.NOTHING));
        assertThat(queue.lost(evaluation, version(), "w")).isEqualTo(Loss.SETTLED);
        assertThat(database.text("select count(*) from scheduled_tasks")).isEqualTo("0");
        assertThat(database.text("select losses + crashes from evaluation")).isEqualTo("0");
    }

    @Test
    void threeCrashesEndIt() throws SQLException {
        for (int crash = 1; crash <= 3; crash++) {
            if (crash > 1) {
                pickAgain();
            }
            database.execute("update worker set stopped_at = null, stop_reason = null");
            queue.exited("w", 134);
        }
        assertThat(failure()).isEqualTo(new Failure.WorkerCrashed(3, "died: exit 134"));
        assertThat(database.text("select count(*) from scheduled_tasks")).isEqualTo("0");
        assertThat(database.text("select reason from outcome")).isEqualTo("worker-crashed");
    }

    @Test
    void tenLossesEndIt() throws SQLException {
        for (int loss = 1; loss < EvaluationQueue.LOSSES; loss++) {
            assertThat(queue.lost(evaluation, version(), "w")).isEqualTo(Loss.REVIVED);
            pickAgain();
        }
        assertThat(queue.lost(evaluation, version(), "w")).isEqualTo(Loss.FAILED);
        assertThat(failure()).isEqualTo(new Failure.WorkerLost(10));
    }

    @Test
    void aKillIsNoCrashAndIsFreedAtOnce() throws SQLException {
        queue.exited("w", 137);
        assertThat(database.text("select losses || ' ' || crashes from evaluation")).isEqualTo("1 0");
        assertThat(database.text("select stop_reason from worker")).isEqualTo("killed: signal 9");
        assertThat(database.text("select picked from scheduled_tasks")).isEqualTo("f");
    }

    @Test
    void workersThatWereUnfitCostNoAttemptHoweverMany() throws SQLException {
        for (int i = 0; i < 2 * EvaluationQueue.LOSSES; i++) {
            database.execute("update worker set stopped_at = null, stop_reason = null");
            queue.exited("w", 4);
            assertThat(database.text("select picked::text from scheduled_tasks")).isEqualTo("false");
            pickAgain();
        }
        assertThat(database.text("select losses || ' ' || crashes || stop_reason from evaluation, worker"))
                .isEqualTo("0 0unfit");
    }

    @Test
    void whatAnUnfitWorkerSaidItselfStands() throws SQLException {
        queue.stopped(1, Departure.unfit("no images"));
        queue.exited("w", 4);
        assertThat(database.text("select stop_reason || losses || crashes from worker, evaluation"))
                .isEqualTo("unfit: no images00");
    }

    @Test
    void whatAHungWorkerSaidItselfStands() throws SQLException {
        queue.stopped(1, "hung");
        queue.exited("w", 3);
        assertThat(database.text("select stop_reason from worker")).isEqualTo("hung");
        assertThat(database.text("select crashes from evaluation")).isEqualTo("1");
    }

    @Test
    void anEvaluationPickedByAnotherWorkerSinceIsLeftAlone() throws SQLException {
        long version = version();
        queue.lost(evaluation, version, "w");
        database.execute("update scheduled_tasks set picked = true, picked_by = 'v', version = version + 1");
        queue.exited("w", 134);
        assertThat(queue.lost(evaluation, version, "w")).isEqualTo(Loss.NOT_OURS);
        assertThat(database.text("select picked_by from scheduled_tasks")).isEqualTo("v");
    }

    @Test
    void aWorkerThatWasThoughtSilentIsAliveAgainWhenItBeats() throws SQLException {
        queue.lost(evaluation, version(), "w");
        queue.beat(1, new Progress(evaluation, 1, 7, 10));
        assertThat(database.text("select stop_reason from worker")).isEqualTo("null");
        assertThat(database.text("select anchor || '/' || step || '/' || steps from worker")).isEqualTo("1/7/10");
        queue.beat(1, null);
        assertThat(database.text("select evaluation_id from worker")).isEqualTo("null");
    }

    @Test
    void aWorkersNameIsNeverUsedTwice() {
        assertThatThrownBy(() -> queue.register(new WorkerProcess("w", "here", 2, "cpu", "test")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("worker name is w, expected one that no worker has had");
    }

    @Test
    void aFailedTrainingIsTriedThreeTimes() throws SQLException {
        var failure = new Failure.OutOfMemory("heap");
        assertThat(queue.mayRetry(evaluation, 1, failure, Outcome.Spent.NOTHING)).isTrue();
        assertThat(queue.mayRetry(evaluation, 1, failure, Outcome.Spent.NOTHING)).isTrue();
        assertThat(queue.mayRetry(evaluation, 1, failure, Outcome.Spent.NOTHING)).isFalse();
        assertThat(failure()).isEqualTo(failure);
    }

    private Failure failure() throws SQLException {
        var outcome = ProtocolJson.read(database.text("select detail::text from outcome"), Outcome.class);
        return ((Outcome.Failed) outcome).reason();
    }
}
