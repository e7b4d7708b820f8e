package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.Presets;
import dev.normforge.queue.EvaluationTask.Priority;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A worker as a process of its own, from an order in the database to counts in the database. */
class WorkerTrainsWhatIsQueuedTest {

    @Test
    void anOrderBecomesCountsAndAPoliteEndHasExitCodeZero() throws Exception {
        var database = TestDatabase.create();
        var spec = Presets.read("smoke");
        var search = QueuedSearch.create(database, spec.withData(spec.proxy().data().named("synthetic")).proxy());
        search.queue("bn-relu", 1, Priority.CALIBRATION);
        var worker = WorkerJvm.start(database, "process", Map.of());
        try {
            Await.until("the outcome", () -> {
                assertThat(worker.isAlive()).isTrue();
                return database.text("select count(*) from outcome").equals("1");
            });
            assertThat(database.text("select kind from outcome")).isEqualTo("SCORED");
            assertThat(database.text("select count(*) from anchor_result where total = 256")).isEqualTo("2");
            assertThat(database.text("select stop_reason from worker")).isEqualTo("null");
            worker.destroy();
            assertThat(worker.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.exitValue()).isZero();
            assertThat(database.text("select stop_reason from worker")).isEqualTo("finished");
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void aWorkerWhoseParentIsGoneEndsAtOnce() throws Exception {
        var worker = WorkerJvm.start(TestDatabase.create(), "orphan", Map.of());
        try {
            worker.getOutputStream().close();
            assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.destroyForcibly();
        }
    }
}
