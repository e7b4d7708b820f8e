package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Moment;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.BatchStatistics.Estimated;
import dev.normforge.protocol.BatchStatistics.Frozen;
import dev.normforge.protocol.BatchStatistics.Moving;
import dev.normforge.protocol.BatchStatistics.Precise.Estimator;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.layer.BatchMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Guards against running statistics that start, move, or are used otherwise than their definition says. */
class EstimatesFollowTheirFormulaTest {

    private static final double RATE = 0.2;
    private static final double[] NONE = {};
    private static final int MEAN = 0;
    private static final int DEVIATION = 1;
    private static final int SQUARES = 2;

    private final Random random = new Random(1);

    private double[] batch(double shift) {
        return random.doubles(6).map(value -> shift + 3 * value).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double meanSquareAbout(double centre, double[] values) {
        return Arrays.stream(values).map(value -> (value - centre) * (value - centre)).average().orElseThrow();
    }

    /** What the slot uses for mean, variance and mean of squares once it has seen a batch; null for the batch's own. */
    private static List<double[]> observe(BatchMoments moments, double[] batch) {
        double mean = mean(batch);
        var used = new ArrayList<double[]>();
        used.add(moments.observe(MEAN, Moment.MEAN, new double[]{mean}, NONE, 2, 3));
        used.add(moments.observe(DEVIATION, Moment.DEVIATION, new double[]{mean},
                new double[]{meanSquareAbout(mean, batch)}, 2, 3));
        used.add(moments.observe(SQUARES, Moment.ROOT_MEAN_SQUARE, new double[]{meanSquareAbout(0, batch)}, NONE, 2,
                3));
        return used;
    }

    private static double one(double[] numbers) {
        assertThat(numbers).hasSize(1);
        return numbers[0];
    }

    private static double kept(BatchMoments moments, int term, Moment moment) {
        return one(Objects.requireNonNull(moments.kept(term, moment, 1)));
    }

    @Test
    void estimatesMoveTowardsTheBatchAndAreUsedAtOnce() {
        var moments = new EstimatedMoments(RATE);
        double m = 0;
        double v = 1;
        double s = 1;
        for (int step = 0; step < 3; step++) {
            double[] batch = batch(step);
            assertThat(one(moments.running(MEAN, Moment.MEAN, 1))).isCloseTo(m, within(1e-12));
            assertThat(one(moments.running(DEVIATION, Moment.DEVIATION, 1))).isCloseTo(v, within(1e-12));
            v = (1 - RATE) * v + RATE * meanSquareAbout(m, batch); // about the mean before it moves
            m = (1 - RATE) * m + RATE * mean(batch);
            s = (1 - RATE) * s + RATE * meanSquareAbout(0, batch);
            var used = observe(moments, batch);
            assertThat(one(used.get(0))).isCloseTo(m, within(1e-12));
            assertThat(one(used.get(1))).isCloseTo(v, within(1e-12));
            assertThat(one(used.get(2))).isCloseTo(s, within(1e-12));
            moments.endStep();
        }
        assertThat(kept(moments.population(), MEAN, Moment.MEAN)).isCloseTo(m, within(1e-12));
        assertThat(kept(moments.population(), DEVIATION, Moment.DEVIATION)).isCloseTo(v, within(1e-12));
        assertThat(kept(moments.population(), SQUARES, Moment.ROOT_MEAN_SQUARE)).isCloseTo(s, within(1e-12));
    }

    @Test
    void thePartsOfAStepAreOneUpdateWithTheirMean() {
        var moving = new MovingMoments(0.9);
        var estimated = new EstimatedMoments(RATE);
        double average = 0;
        double m = 0;
        for (int step = 0; step < 3; step++) {
            double[] first = batch(1);
            double[] second = batch(5);
            double mean = (mean(first) + mean(second)) / 2;
            assertThat(one(moving.running(MEAN, Moment.MEAN, 1))).isCloseTo(average, within(1e-12));
            for (double[] part : List.of(first, second)) {
                observe(moving, part);
                assertThat(one(observe(estimated, part).getFirst())).as("of the part alone")
                        .isCloseTo((1 - RATE) * m + RATE * mean(part), within(1e-12));
            }
            moving.endStep();
            estimated.endStep();
            average = 0.9 * average + 0.1 * mean;
            m = (1 - RATE) * m + RATE * mean;
        }
        assertThat(kept(moving.population(), MEAN, Moment.MEAN)).isCloseTo(average, within(1e-12));
        assertThat(kept(estimated.population(), MEAN, Moment.MEAN)).isCloseTo(m, within(1e-12));
    }

    @Test
    void aSlotWithItsOwnStatisticsKeepsThemWhateverTheProxySays() {
        var progress = new double[1];
        var slot = new SlotMoments(new Moving(0.5), new Estimated(RATE), List.of(new Moving(0.9)), () -> progress[0]);
        double[] batch = batch(2);
        assertThat(one(observe(slot, batch).getFirst())).isCloseTo(RATE * mean(batch), within(1e-12));
        slot.endStep();
        for (var asked : List.of(new Moving(0.9), new BatchStatistics.OfTheTestBatch(),
                new BatchStatistics.Precise(10))) {
            assertThat(kept(slot.inEvaluation(asked, null), MEAN, Moment.MEAN)).isCloseTo(RATE * mean(batch),
                    within(1e-12));
        }
        progress[0] = 0.25;
        assertThat(slot.progress()).isEqualTo(0.25);
    }

    @Test
    void averagesThatOnlyWatchAreNothingToTheLayer() {
        var slot = new SlotMoments(new BatchStatistics.OfTheTestBatch(), null, List.of(new Moving(0.5), new Moving(0)),
                () -> 0);
        double[] batch = batch(2);
        assertThat(observe(slot, batch)).containsOnlyNulls();
        slot.endStep();
        assertThat(slot.running(MEAN, Moment.MEAN, 1)).isNull();
        assertThat(kept(slot.inEvaluation(new Moving(0.5), null), MEAN, Moment.MEAN)).isCloseTo(mean(batch) / 2,
                within(1e-12));
        assertThat(kept(slot.inEvaluation(new Moving(0), null), MEAN, Moment.MEAN)).isCloseTo(mean(batch),
                within(1e-12));
        assertThatThrownBy(() -> slot.inEvaluation(new Moving(0.7), null)).hasMessageContaining("moving-0.7");
    }

    @Test
    void frozenStatisticsAreThePopulationsFromTheirStepOn() {
        var plain = Laptop.withBatch(Laptop.proxy(10), 16);
        var frozen = plain.withStatistics(new Frozen(0.4, 100));
        var losses = new ArrayList<Double>();
        var expected = new ArrayList<Double>();
        try (var run = TrainingRun.start(Laptop.exact("bn-relu", Laptop.RESNET, frozen, 2, null));
                var other = TrainingRun.start(Laptop.exact("bn-relu", Laptop.RESNET, plain, 2, null));
                var scope = Laptop.TORCH.newScope()) {
            var work = new int[1];
            run.advanceTo(10, new StepListener() {
                @Override
                public void onStep(int step, double loss) {
                    losses.add(loss);
                }

                @Override
                public void onWork() {
                    work[0]++;
                }
            });
            assertThat(work[0]).as("measured once, in batches of at most 16").isEqualTo(7);
            other.advanceTo(6, (step, loss) -> expected.add(loss));
            assertThat(losses.subList(0, 6)).isEqualTo(expected);
            assertThat(losses.get(6)).isCloseTo(nextLossWithPopulationStatistics(other), within(1e-12));
            other.advanceTo(7, (step, loss) -> expected.add(loss));
            assertThat(losses.get(6)).isNotCloseTo(expected.getLast(), within(1e-3));
        }
    }

    /** Of the batch that follows, by statistics of 100 training images, measured here. */
    private static double nextLossWithPopulationStatistics(TrainingRun run) {
        var setup = run.setup();
        var examples = new Examples(setup.images(), setup.task());
        var statistics = new TrainingStatistics(setup.proxy(), run.model().slots(), List.of(), () -> 0);
        var measured = new ArrayList<BatchMoments>();
        setup.torch().withoutGradients(() -> measured.addAll(
                new Population(run.model(), examples, statistics, 16).at(0, new Population.Measure(
                        new View(new Images.Range(0, 100), null), Estimator.POPULATION), () -> {
                        })));
        var batches = new Batches(setup.images(), setup.proxy(), setup.task(), setup.seed());
        for (int i = 0; i < run.step(); i++) {
            batches.next();
        }
        var batch = batches.next();
        try (var step = setup.torch().newScope()) {
            var model = run.model();
            return new Constants(step, DataType.FLOAT64)
                    .read(model.loss(step, model.view(step, model.parameters()), batch, batch.size(), measured))[0];
        }
    }

    @Test
    void batchStatisticsTrainOnOneImageAtATimeWhenTheyAreEstimated() {
        var proxy = Laptop.withBatch(Laptop.proxy(40), 2).withNormalizationBatch(1)
                .withStatistics(new Estimated(0.1));
        try (var run = Laptop.start("bn-relu", Laptop.RESNET, proxy, 1)) {
            run.advanceTo(40, StepListener.NONE);
            assertThat(run.finite()).isTrue();
            var range = new Images.Range(1500, 200);
            assertThat(run.evaluate(range)).as("evaluation uses the estimates, whatever shares a batch")
                    .isEqualTo(run.evaluate(range));
        }
    }
}
