package dev.normforge.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.Estimate.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateForgetsSlowTasksTest {

    @Test
    void aRunCostsWhatRunsUnderTheSameTaskCost() {
        var fast = new Task(100, 10, 0, 2, 2_000);
        var slow = new Task(1000, 4, 0, 1, 60_000);
        assertThat(Estimate.remaining(List.of(fast, slow), 2)).isEqualTo((10 * 1_000 + 4 * 60_000) / 2);
    }

    @Test
    void aTaskThatNobodyHasMeasuredCostsAsMuchAStepAsTheOthers() {
        var measured = new Task(100, 0, 0, 2, 2_000);
        var other = new Task(400, 3, 0, 0, 0);
        assertThat(Estimate.remaining(List.of(measured, other), 1)).isEqualTo(3 * 400 * 10);
    }

    @Test
    void whatRunningOnesHaveDoneIsDoneAndTheLastRunsDoNotFillAllWorkers() {
        assertThat(Estimate.remaining(List.of(new Task(100, 1, 75, 4, 8_000)), 8)).isEqualTo(500);
    }

    @Test
    void nothingIsSaidBeforeAnythingWasMeasuredOrWhileNobodyWorks() {
        assertThat(Estimate.remaining(List.of(new Task(100, 5, 20, 0, 0)), 2)).isNull();
        assertThat(Estimate.remaining(List.of(new Task(100, 5, 20, 1, 50)), 0)).isNull();
        assertThat(Estimate.remaining(List.of(new Task(100, 0, 0, 0, 0)), 0)).isZero();
    }
}
