package dev.normforge.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.layer.PlainLayers.Running;
import dev.normforge.worker.layer.PlainLayers.Use;
import dev.normforge.worker.layer.SlotRun.Way;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards against a layer written by hand that is not the published one, by a second computation that shares no code with it:
 * outputs, all gradients and running statistics, in training, over steps, and in evaluation.
 */
class NativeLayerLeavesItsFormulaTest {

    private static final int STEPS = 3;
    private static final long[] SEEDS = {11, 12, 13};

    /** A shape with the number of groups asked for. */
    private record Case(Shape shape, Numerics numerics) {
        Case(int n, int c, int h, int w, int groups) {
            this(new Shape(n, c, h, w), new Numerics(groups, 1e-5));
        }
    }

    private static final List<Case> CASES = List.of(new Case(3, 8, 2, 3, 4), new Case(1, 6, 3, 2, 2), // one image
            new Case(3, 6, 2, 2, 32), // one channel per group
            new Case(4, 4, 1, 1, 2), new Case(1, 4, 1, 1, 4), // 1×1 maps, an image's too
            new Case(2, 7, 3, 1, 4), new Case(2, 9, 1, 5, 3), // odd channels and sizes
            new Case(3, 1, 3, 3, 4), // one channel
            new Case(2, 36, 1, 2, 4)); // group means by two matrices

    private final Map<DataType, Double> largest = new EnumMap<>(DataType.class);

    @ParameterizedTest
    @EnumSource
    void inTrainingAndEvaluation(NativeLayer layer, TestReporter reporter) {
        for (var one : CASES) {
            for (long seed : SEEDS) {
                for (var use : uses(layer)) {
                    follow(layer, one, use, seed, false);
                }
            }
        }
        reporter.publishEntry("%s: largest distance %s".formatted(layer.label(), largest));
    }

    /**
     * Before any training, with a channel that is zero and zeros elsewhere. Other ties, which rounding decides, are avoided:
     * kept means and Batch-Channel Normalization's first shifts are zero for that channel alone.
     */
    @ParameterizedTest
    @EnumSource
    void atTies(NativeLayer layer) {
        for (var one : CASES) {
            for (var use : uses(layer)) {
                follow(layer, one, use, 14, true);
            }
        }
    }

    /** The second computation is itself right: its derivatives are quotients of small differences. */
    @ParameterizedTest
    @EnumSource
    void derivativesAreDifferences(NativeLayer layer) {
        for (var one : CASES) {
            for (var use : List.of(new Use.OfTheBatch(), new Use.Kept())) {
                var random = RandomGeneratorFactory.of("L64X128MixRandom").create(15);
                var run = input(one.shape, parameters(layer, one, random), random, false);
                var plain = new PlainRun(layer, one.numerics, use, Running.start(one.shape.c()));
                double[] direction = random.doubles(one.shape.size()).map(_ -> random.nextGaussian()).toArray();
                double slope = plain.slope(run, direction);
                assertThat(plain.quotient(run, direction, 1e-5)).as("%s %s %s", layer, one, use)
                        .isCloseTo(slope, within(1e-5 * Math.max(1, Math.abs(slope))));
            }
        }
    }

    /** How the batch's statistics may be used in training. */
    private static List<Use> uses(NativeLayer layer) {
        return switch (layer.use()) {
            case NONE -> List.of(new Use.OfTheBatch());
            case OF_THE_BATCH -> List.of(new Use.OfTheBatch(), new Use.Averaged(0.9, 0.5), new Use.Estimated(0.3));
            case ITS_OWN -> switch (layer.statistics()) {
                case BatchStatistics.Estimated(double rate) -> List.of(new Use.OfTheBatch(), new Use.Estimated(rate));
                case BatchStatistics.Moving(double decay) -> List.of(new Use.OfTheBatch(), new Use.Averaged(decay, 0),
                        new Use.Averaged(decay, 0.04), new Use.Averaged(decay, 0.15), new Use.Averaged(decay, 0.3),
                        new Use.Averaged(decay, 1));
                case null, default -> throw new IllegalArgumentException(layer + " needs a case here");
            };
        };
    }

    /** Three steps with other images each, then an evaluation with what they kept, in every precision and layout. */
    private void follow(NativeLayer layer, Case one, Use use, long seed, boolean tied) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var start = Running.start(one.shape.c());
        if (tied) {
            Arrays.setAll(start.mean(), c -> c / 4.0);
        }
        var moments = Way.ALL.stream().map(_ -> new TestMoments(use, start)).toList();
        var expected = start;
        var parameters = parameters(layer, one, tied ? null : random);
        for (int step = 0; step < STEPS; step++) {
            var run = input(one.shape, parameters, random, tied);
            compare(layer, one, use, run, expected, moments);
            expected = new PlainRun(layer, one.numerics, use, expected).after(run);
            for (int way = 0; way < moments.size(); way++) {
                near(moments.get(way).running().mean(), expected.mean(), Way.ALL.get(way), "mean", layer, one, use);
                near(moments.get(way).running().variance(), expected.variance(), Way.ALL.get(way), "variance", layer,
                        one, use);
            }
        }
        var kept = new Use.Kept();
        compare(layer, one, kept, input(one.shape, parameters, random, tied), expected,
                moments.stream().map(trained -> new TestMoments(kept, trained.running())).toList());
    }

    private void compare(NativeLayer layer, Case one, Use use, SlotRun run, Running before,
            List<? extends BatchMoments> moments) {
        var expected = new PlainRun(layer, one.numerics, use, before).derived(run);
        Function<Constants, Slot> slot = constants -> Slots.of(new SlotLayer.Native(layer), one.numerics, constants)
                .apply(one.shape.c());
        for (int way = 0; way < moments.size(); way++) {
            var found = run.on(Way.ALL.get(way), slot, layer.use() == NativeLayer.Use.NONE
                    ? UNTOUCHED
                    : moments.get(way));
            double distance = found.distance(expected);
            largest.merge(Way.ALL.get(way).type(), distance, Math::max);
            assertThat(distance).as("%s %s %s %s", layer, one, use, Way.ALL.get(way))
                    .isLessThan(Way.ALL.get(way).tolerance());
        }
    }

    /** A layer without statistics over the batch asks nobody for them. */
    private static final BatchMoments UNTOUCHED = new BatchMoments() {
        @Override
        public double @Nullable [] kept(int term, Moment moment, int length) {
            throw new IllegalStateException();
        }

        @Override
        public boolean watching() {
            throw new IllegalStateException();
        }

        @Override
        public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
                int pixels) {
            throw new IllegalStateException();
        }
    };

    private void near(double[] found, double[] expected, Way way, String what, NativeLayer layer, Case one, Use use) {
        assertThat(SlotRun.Result.distance(found, expected)).as("%s of %s %s %s %s", what, layer, one, use, way)
                .isLessThan(way.tolerance());
    }

    private static List<double[]> parameters(NativeLayer layer, Case one, @Nullable RandomGenerator random) {
        int channels = one.shape.c();
        return layer.parameters().stream().map(parameter -> {
            double[] values = new double[switch (parameter.per()) {
                case CHANNEL -> channels;
                case NORMALIZED_CHANNEL -> (channels + 1) / 2;
                case GROUP -> one.numerics.groupsFor(channels);
            }];
            boolean between = parameter.name().equals("shift") && layer.parameters().size() == 4;
            Arrays.setAll(values, c -> random == null
                    ? between ? c * c / 4.0 : parameter.start()
                    : (float) (parameter.start() + 0.4 * random.nextGaussian()));
            return values;
        }).toList();
    }

    /** Images whose channels have means and deviations of their own. */
    private static SlotRun input(Shape shape, List<double[]> parameters, RandomGenerator random, boolean tied) {
        int pixels = shape.h() * shape.w();
        double[] x = new double[shape.size()];
        for (int c = 0; c < shape.c(); c++) {
            double mean = random.nextGaussian();
            double deviation = Math.exp(random.nextGaussian());
            for (int n = 0; n < shape.n(); n++) {
                for (int i = 0; i < pixels; i++) {
                    double value = mean + deviation * random.nextGaussian();
                    x[(n * shape.c() + c) * pixels + i] = tied && (c == 0 || value < 0) ? 0 : (float) value;
                }
            }
        }
        double[] upstream = random.doubles(shape.size()).map(_ -> (float) random.nextGaussian()).toArray();
        return new SlotRun(shape, x, parameters, upstream);
    }
}
