package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.worker.data.Images;
import dev.normforge.worker.training.TrainingBench.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guards against a benchmark that is won by computing something else. */
class TrainingBenchComparesLikeWithLikeTest {

    private static final Images.Range SCORED = new Images.Range(1500, 500);

    @Test
    void bothWaysHaveTheSameLossesInDoublePrecision() {
        var told = new ArrayList<Row>();
        var rows = TrainingBench.run(Laptop.TORCH, Laptop.proxy(5), Laptop.ANCHORS, TrainingBench.layers(),
                Laptop.IMAGES, SCORED, 3, new long[]{11}, told::add);
        assertThat(rows).hasSize(9).isEqualTo(told).allSatisfy(row -> {
            assertThat(row.lossDifference()).as(row.toString()).isLessThan(1e-9);
            assertThat(row.millis()).isPositive();
            assertThat(row.naiveMillis()).isPositive();
            assertThat(row.accuracies()).hasSize(1).allSatisfy(share -> assertThat(share).isBetween(0.0, 1.0));
        });
    }

    @Test
    void anotherLossOrAnotherAccuracyIsAFault() {
        var alike = row(1e-9, 1e-4, List.of(0.30, 0.32, 0.31), List.of(0.31, 0.31, 0.33));
        assertThat(TrainingBench.faults(List.of(alike, alike))).isEmpty();
        assertThat(TrainingBench.faults(List.of(alike, row(2e-3, 0, alike.accuracies(), alike.accuracies()))))
                .singleElement().asString().contains("first losses");
        assertThat(TrainingBench.faults(List.of(alike, row(Double.NaN, 0, alike.accuracies(), alike.accuracies()))))
                .singleElement().asString().contains("first losses");
        assertThat(TrainingBench.faults(List.of(alike, row(0, 0, alike.accuracies(), List.of(0.25, 0.26, 0.25)))))
                .singleElement().asString().contains("final accuracies");
    }

    @Test
    void oneSeedSaysNothingOfAccuracies() {
        assertThat(TrainingBench.faults(List.of(row(0, 0, List.of(0.1), List.of(0.5))))).isEmpty();
    }

    private static Row row(double lossDifference, double single, List<Double> naive, List<Double> accuracies) {
        return new Row("resnet", "bn-relu", 1, 2, 1, lossDifference, single, naive, accuracies);
    }
}
