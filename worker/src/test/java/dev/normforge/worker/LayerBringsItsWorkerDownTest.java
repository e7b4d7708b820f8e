package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.queue.EvaluationQueue;
import dev.normforge.queue.EvaluationTask.Priority;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real processes that abort, hang or run out of memory in mid-training: noticed, counted, and in the end given up. */
class LayerBringsItsWorkerDownTest {

    private TestDatabase database;
    private QueuedSearch search;

    @BeforeEach
    void anOrder() throws Exception {
        database = TestDatabase.create();
        var spec = Presets.read("smoke");
        ProxySpec proxy = spec.withData(spec.proxy().data().named("synthetic")).proxy();
        search = QueuedSearch.create(database, proxy);
        search.queue("bn-relu", 1, Priority.CALIBRATION);
    }

    private int exitOf(String name, String fault, String... options) throws Exception {
        var worker = WorkerJvm.start(database, name, Map.of("NORMFORGE_FAULT", fault), options);
        try {
            assertThat(worker.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return worker.exitValue();
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void threeAbortsEndTheEvaluationWithTheExitCode() throws Exception {
        var queue = new EvaluationQueue(database.dataSource());
        for (int i = 1; i <= 3; i++) {
            int exit = exitOf("w" + i, "abort@step=5:layer=*");
            assertThat(exit).isEqualTo(134);
            assertThat(database.text("select count(*) from outcome")).isEqualTo("0");
            queue.exited("w" + i, exit);
        }
        assertThat(database.text("select reason || (detail -> 'reason' ->> 'lastExit') from outcome"))
                .isEqualTo("worker-crasheddied: exit 134");
        assertThat(database.text("select count(*) from scheduled_tasks")).isEqualTo("0");
    }

    @Test
    void aHungWorkerHaltsItselfAndSaysSo() throws Exception {
        assertThat(exitOf("w", "hang@step=5:layer=*", "--stall-seconds", "2")).isEqualTo(3);
        assertThat(database.text("select stop_reason from worker")).isEqualTo("hung");
        assertThat(database.text("select picked from scheduled_tasks")).isEqualTo("t");
    }

    @Test
    void anotherLayersFaultDoesNoHarmAndNonsenseIsRefused() {
        var faults = Faults.of(Map.of("NORMFORGE_FAULT", "memory@step=5:layer=0123"));
        faults.onStep(5, "4567");
        faults.onStep(4, "0123");
        assertThatThrownBy(() -> faults.onStep(5, "0123ab")).isInstanceOf(OutOfMemoryError.class);
        assertThat(Faults.of(Map.of()).ordered()).isFalse();
        assertThatThrownBy(() -> Faults.of(Map.of("NORMFORGE_FAULT", "explode")))
                .hasMessage("NORMFORGE_FAULT is explode, expected abort|hang|memory@step=N:layer=HASH");
    }
}
