package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.graph.Moment;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.layer.BatchMoments;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Guards against evaluation with statistics that are not the population's. */
class PopulationStatisticsTest {

    private static final double[] NONE = {};

    @Test
    void preciseStatisticsOfBatchesAreThoseOfAllTheirImages() {
        var random = new Random(1);
        double[] all = random.doubles(50).map(value -> 10 + value).toArray();
        var precise = new PreciseMoments(false);
        observe(precise, Arrays.copyOfRange(all, 0, 32));
        observe(precise, Arrays.copyOfRange(all, 32, 50));
        var kept = precise.population();
        assertThat(first(kept, 0, Moment.MEAN)).isCloseTo(mean(all), within(1e-12));
        assertThat(first(kept, 1, Moment.DEVIATION)).isCloseTo(variance(all), within(1e-12));
        assertThat(first(kept, 2, Moment.ROOT_MEAN_SQUARE))
                .isCloseTo(variance(all) + mean(all) * mean(all), within(1e-11));
    }

    private static void observe(PreciseMoments precise, double[] batch) {
        double mean = mean(batch);
        precise.observe(0, Moment.MEAN, new double[]{mean}, NONE, batch.length, 1);
        precise.observe(1, Moment.DEVIATION, new double[]{mean}, new double[]{variance(batch)}, batch.length, 1);
        precise.observe(2, Moment.ROOT_MEAN_SQUARE, new double[]{variance(batch) + mean * mean}, NONE, batch.length, 1);
    }

    @Test
    void movingAveragesStartAtZeroAndOneAndForget() {
        var moving = new MovingMoments(0.9);
        for (int i = 0; i < 2; i++) {
            moving.observe(0, Moment.MEAN, new double[]{5}, NONE, 8, 4);
            moving.observe(1, Moment.DEVIATION, new double[]{5}, new double[]{3}, 8, 4);
            moving.observe(2, Moment.ROOT_MEAN_SQUARE, new double[]{7}, NONE, 8, 4);
            moving.endStep();
        }
        var kept = moving.population();
        assertThat(first(kept, 0, Moment.MEAN)).isCloseTo(0.9 * 0.5 + 0.5, within(1e-12));
        assertThat(first(kept, 1, Moment.DEVIATION)).isCloseTo(0.9 * 1.2 + 0.3, within(1e-12));
        assertThat(first(kept, 2, Moment.ROOT_MEAN_SQUARE)).isCloseTo(0.9 * 1.6 + 0.7, within(1e-12));
        assertThat(kept.kept(3, Moment.DEVIATION, 2)).containsExactly(1, 1);
    }

    @Test
    void everyBatchThatIsMeasuredOrCountedIsASignOfLife() {
        int[] signs = {0};
        try (var run = Laptop.start("bn-relu", Laptop.RESNET, Laptop.proxy(4, new BatchStatistics.Precise(640)), 1)) {
            run.evaluate(new Images.Range(1500, 500), () -> signs[0]++);
        }
        assertThat(signs[0]).isEqualTo(640 / 64 + 4);
    }

    private static double first(BatchMoments kept, int term, Moment moment) {
        return Objects.requireNonNull(kept.kept(term, moment, 1))[0];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    }
}
