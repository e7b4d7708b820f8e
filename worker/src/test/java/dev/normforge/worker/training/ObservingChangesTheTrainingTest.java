package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.protocol.AnchorScore.Count;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.BatchStatistics.Estimated;
import dev.normforge.protocol.BatchStatistics.Frozen;
import dev.normforge.protocol.BatchStatistics.Moving;
import dev.normforge.protocol.BatchStatistics.OfTheTestBatch;
import dev.normforge.protocol.BatchStatistics.Precise;
import dev.normforge.protocol.BatchStatistics.Precise.Estimator;
import dev.normforge.protocol.Corruption;
import dev.normforge.protocol.Measured;
import dev.normforge.protocol.Measured.EvaluationPoint;
import dev.normforge.protocol.Measured.ReadingScore;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.Observation.Reading;
import dev.normforge.protocol.Observation.Reading.Source;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.worker.data.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking must not change what is looked at, and must answer what was asked. */
class ObservingChangesTheTrainingTest {

    private static final Images.Range SCORED = new Images.Range(1500, 150);
    private static final int STEPS = 12;
    private static final Corruption NOISE = new Corruption(Corruption.Kind.NOISE, Corruption.Severity.HEAVY);
    private static final Observation ALL = new Observation(List.of(
            reading("score", Source.SCORED, null, null, false),
            reading("train", Source.TRAIN, new OfTheTestBatch(), null, false),
            reading("batch", Source.SCORED, new OfTheTestBatch(), null, false),
            reading("moving-0.5", Source.SCORED, new Moving(0.5), null, false),
            reading("moving-0.9", Source.SCORED, new Moving(0.9), null, false),
            reading("precise", Source.SCORED, new Precise(160), null, false),
            reading("precise-mean", Source.SCORED, new Precise(160, Estimator.MEAN_OF_BATCHES), null, false),
            reading("noisy", Source.SCORED, new Precise(160), NOISE, false),
            reading("noisy-again", Source.SCORED, new Precise(160), NOISE, false),
            reading("adapted", Source.SCORED, new Precise(160), NOISE, true)), 5);

    private static Reading reading(String name, Source images, @Nullable BatchStatistics statistics,
            @Nullable Corruption corruption, boolean adapted) {
        return new Reading(name, images, statistics, corruption, adapted);
    }

    static Stream<BatchStatistics> statistics() {
        return Stream.of(new Moving(0.9), new Moving(0.8), new Precise(160), new Estimated(0.2),
                new Frozen(0.4, 160));
    }

    /** A training to its end. */
    private record Trained(List<Double> losses, Count count,
            @Nullable Measured measured, int looks) {

        Measured brought() {
            return Objects.requireNonNull(measured);
        }

        ReadingScore reading(String name) {
            return brought().readings().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        }
    }

    private static Trained train(String layer, ProxySpec proxy, @Nullable Observation observation) {
        var looks = new AtomicInteger();
        var losses = new ArrayList<Double>();
        try (var run = new ObservedRun(Laptop.observed(layer, Laptop.RESNET, proxy, 4, observation), SCORED,
                looks::incrementAndGet)) {
            run.advanceTo(7, (step, loss) -> losses.add(loss));
            run.advanceTo(STEPS, (step, loss) -> losses.add(loss));
            return new Trained(losses, run.scoreCount(), run.measured(), looks.get());
        }
    }

    private static ProxySpec proxy(BatchStatistics statistics) {
        return Laptop.withBatch(Laptop.proxy(STEPS, statistics), 32);
    }

    @ParameterizedTest
    @MethodSource("statistics")
    void lossesAndScoreAreTheSameWithAndWithout(BatchStatistics statistics) {
        for (var normalized : new Integer[]{null, 8}) {
            var proxy = proxy(statistics).withNormalizationBatch(normalized);
            var alone = train("bn-relu", proxy, null);
            var observed = train("bn-relu", proxy, ALL);
            assertThat(observed.losses()).hasSize(STEPS).isEqualTo(alone.losses());
            assertThat(observed.count()).isEqualTo(alone.count());
            assertThat(alone.measured()).isNull();
        }
    }

    @Test
    void everyReadingIsAnsweredInOrderAndAsATrainingOfItsOwnWould() {
        var trained = train("bn-relu", proxy(new Moving(0.9)), ALL);
        var readings = trained.brought().readings();
        assertThat(readings).extracting(ReadingScore::name)
                .isEqualTo(ALL.readings().stream().map(Reading::name).toList());
        assertThat(readings).allSatisfy(one -> {
            assertThat(one.total()).isEqualTo(150);
            assertThat(one.psnr()).isNull();
        });
        assertThat(trained.reading("score").correct()).isEqualTo(trained.count().correct());
        for (var other : List.of(new Moving(0.5), new Precise(160), new Precise(160, Estimator.MEAN_OF_BATCHES))) {
            var name = other instanceof Moving ? other.label() : other.label().replace("-160", "");
            assertThat(trained.reading(name).correct()).as(name)
                    .isEqualTo(train("bn-relu", proxy(other), null).count().correct());
        }
        assertThat(trained.reading("noisy").correct()).isEqualTo(trained.reading("noisy-again").correct());
        assertThat(readings.stream().map(ReadingScore::correct).distinct().count()).as("different counts")
                .isGreaterThan(4);
    }

    @Test
    void countsDuringTrainingAreThoseOfATrainingThatStopsThere() {
        var points = train("bn-relu", proxy(new Precise(160)), ALL).brought().evaluations();
        assertThat(points).extracting(EvaluationPoint::step).containsExactly(2, 5, 7, 10, 12);
        for (var point : points) {
            try (var run = Laptop.start("bn-relu", Laptop.RESNET, proxy(new Precise(160)), 4)) {
                run.advanceTo(point.step(), StepListener.NONE);
                assertThat(run.evaluate(SCORED).correct()).as("step %d", point.step()).isEqualTo(point.correct());
            }
        }
        var everyStep = new Observation(List.of(), 1000);
        assertThat(train("gn-relu", proxy(new Precise(160)), everyStep).brought().evaluations()).hasSize(STEPS);
    }

    @Test
    void nothingIsMeasuredOrCountedTwice() {
        int counting = 2; // batches of at most 128 of 150 images
        int measuring = 5; // batches of 32 of 160 images
        var trained = train("bn-relu", proxy(new Moving(0.9)), ALL);
        // Five counts during training, the last of them the score's; then the batch's own in parts of 32 on two sets of
        // images, one more average, and three ways to measure, of which "noisy" shares the first and its twin its count.
        assertThat(trained.looks()).isEqualTo(5 * counting + 2 * 5 + counting + 3 * measuring + 4 * counting);
        // Without batch statistics: the score's images at five steps, training images, noisy images.
        assertThat(train("gn-relu", proxy(new Moving(0.9)), ALL).looks()).isEqualTo(7 * counting);
        assertThat(train("gn-relu", proxy(new Precise(160)), null).looks()).isEqualTo(counting);
    }

    @Test
    void theTestBatchIsAsLargeAsTheNormalizedOneWhereSomebodyLooks() {
        var proxy = proxy(new OfTheTestBatch()).withNormalizationBatch(2);
        assertThat(train("bn-relu", proxy, null).looks()).isEqualTo(2);
        assertThat(train("bn-relu", proxy, new Observation(List.of(), 0)).looks()).isEqualTo(75);
    }

    @Test
    void aRunThatDivergedHasNothingRight() {
        var square = LayerGraph.of(Node.of(Elementwise.SQUARE, LayerGraph.X), Node.of(Elementwise.EXP, 4));
        var run = TrainingRun.start(Laptop.TORCH, new SlotLayer.Graph(square), Laptop.RESNET,
                proxy(new Moving(0.9)), Laptop.IMAGES, 1, ALL);
        try (var observed = new ObservedRun(run, SCORED, () -> {
        })) {
            observed.advanceTo(STEPS, StepListener.NONE);
            assertThat(run.finite()).isFalse();
            assertThat(observed.scoreCount().correct()).isZero();
            var measured = Objects.requireNonNull(observed.measured());
            assertThat(measured.readings()).hasSize(10).allMatch(one -> one.correct() == 0 && one.total() == 150);
            assertThat(measured.evaluations()).hasSize(5).allMatch(one -> one.correct() == 0 && one.total() == 150);
        }
    }

    @Test
    void anAverageThatNobodyFollowedIsRefused() {
        try (var run = TrainingRun.start(Laptop.exact("bn-relu", Laptop.RESNET, proxy(new Precise(160)), 1, null))) {
            var query = new Counting.Query(new View(SCORED, null), new Moving(0.9), false);
            assertThatThrownBy(() -> run.counting().count(query, 0, () -> {
            })).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("moving-0.9");
        }
    }
}
