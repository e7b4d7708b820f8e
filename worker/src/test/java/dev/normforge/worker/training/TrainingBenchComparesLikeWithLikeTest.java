package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Guards against a benchmark that is won by computing something else. */
class TrainingBenchComparesLikeWithLikeTest {

    @Test
    void bothWaysHaveTheSameLossesInDoublePrecision() {
        var told = new ArrayList<TrainingBench.Row>();
        var rows = TrainingBench.run(Laptop.TORCH, Laptop.proxy(5), Laptop.IMAGES, 3, 11, told::add);
        assertThat(rows).hasSize(9).isEqualTo(told).allSatisfy(row -> {
            assertThat(row.lossDifference()).as(row.toString()).isLessThan(1e-9);
            assertThat(row.millis()).isPositive();
            assertThat(row.naiveMillis()).isPositive();
        });
    }
}
