package dev.normforge.worker.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.AnchorSpec.Family;
import dev.normforge.protocol.AnchorSpec.Stage;
import dev.normforge.protocol.WeightStandardization;
import dev.normforge.worker.anchor.Networks.Trial;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards against filters that are not standardized, or whose gradient forgets mean or deviation, and against too many that are. */
class WeightsAreHalfStandardizedTest {

    private static final Torch TORCH = Torch.start();
    private static final WeightStandardization EXACT = new WeightStandardization(0, true, false);
    /** k×k, depthwise, 1×1, its matrix form, and the fewest weights that have a deviation. */
    private static final List<Shape> SHAPES = List.of(new Shape(5, 3, 3, 3), new Shape(4, 1, 3, 3),
            new Shape(6, 4, 1, 1),
            new Shape(6, 4), new Shape(3, 2));

    static Stream<Arguments> filters() {
        var variants = new ArrayList<>(
                WeightStandardization.names().stream().map(name -> WeightStandardization.find(name).orElseThrow())
                        .toList());
        variants.add(new WeightStandardization(0.1, true, true));
        variants.add(new WeightStandardization(0.1, false, false));
        return variants.stream().flatMap(variant -> SHAPES.stream().map(shape -> Arguments.of(variant, shape)));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void filtersHaveZeroMeanAndUnitDeviationAsTheFormulaSays(WeightStandardization variant, Shape shape) {
        double[] weights = start(shape);
        double[] used = run(variant, shape, weights, new double[weights.length]).used();
        int n = (int) (shape.size() / shape.get(0));
        for (int filter = 0; filter < shape.get(0); filter++) {
            double[] before = slice(weights, filter, n);
            double[] after = slice(used, filter, n);
            double mean = mean(before);
            double squares = DoubleStream.of(before).map(w -> (w - mean) * (w - mean)).sum();
            double variance = squares / (variant.unbiased() ? n - 1 : n);
            double deviation = variant.insideRoot()
                    ? Math.sqrt(variance + variant.epsilon())
                    : Math.sqrt(variance) + variant.epsilon();
            assertThat(after).containsExactly(DoubleStream.of(before).map(w -> (w - mean) / deviation).toArray(),
                    within(1e-12));
            assertThat(mean(after)).isCloseTo(0, within(1e-12));
            if (variant.epsilon() < 1e-3) {
                double unit = Math
                        .sqrt(DoubleStream.of(after).map(w -> w * w).sum() / (variant.unbiased() ? n - 1 : n));
                assertThat(unit).isCloseTo(1, within(1e-3));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void gradientsAreThoseOfFiniteDifferences(WeightStandardization variant, Shape shape) {
        double[] weights = start(shape);
        double[] upstream = normal(weights.length, 2);
        double[] gradient = run(variant, shape, weights, upstream).gradient();
        double step = 1e-5;
        for (int i = 0; i < weights.length; i++) {
            double[] above = weights.clone();
            double[] below = weights.clone();
            above[i] += step;
            below[i] -= step;
            double difference = (dot(run(variant, shape, above, upstream).used(), upstream)
                    - dot(run(variant, shape, below, upstream).used(), upstream)) / (2 * step);
            assertThat(gradient[i]).as("weight %d", i).isCloseTo(difference,
                    within(1e-6 * Math.max(1, Math.abs(difference))));
        }
    }

    private record Used(double[] used, double[] gradient) {
    }

    private static Used run(WeightStandardization variant, Shape shape, double[] weights, double[] upstream) {
        try (var scope = TORCH.newScope()) {
            var constants = new Constants(scope, DataType.FLOAT64);
            var filters = new Filters(new ParameterTable(), shape, Filters.HE, variant, constants);
            NDArray weight = constants.create(scope, weights, shape);
            weight.setRequiresGradient(true);
            var used = filters.in(new Pass(List.of(weight), List.of()));
            TORCH.backward(used.mul(constants.create(scope, upstream, shape)).sum(), constants.of(1));
            return new Used(constants.read(used), constants.read(TORCH.gradient(weight, scope)));
        }
    }

    /** He-normal, with a mean. */
    private static double[] start(Shape shape) {
        double deviation = Math.sqrt(Filters.HE * shape.get(0) / shape.size());
        return DoubleStream.of(normal((int) shape.size(), 1)).map(w -> 0.05 + deviation * w).toArray();
    }

    private static double[] normal(int count, long seed) {
        var random = new Random(seed);
        return random.doubles(count).map(ignored -> random.nextGaussian()).toArray();
    }

    private static double[] slice(double[] values, int filter, int n) {
        return Arrays.copyOfRange(values, filter * n, (filter + 1) * n);
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).average().orElseThrow();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void filtersOfOneWeightAreRefused() {
        assertThatThrownBy(() -> run(EXACT, new Shape(4, 1, 1, 1), new double[4], new double[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("weightStandardization is set, expected none for filters of one weight");
    }

    /** Of each network how many weights stay as they are: linear projections, squeeze-excitation, the classifier. */
    static Stream<Arguments> networks() {
        var unnormalizedEnd = new AnchorSpec("resnet-head", Family.RESNET, 0.125, 1, 2, 64, 32,
                List.of(new Stage(4, 64, 1, 1, 3), new Stage(4, 64, 2, 1, 3)));
        var counts = List.of(1, 5 + 1, 5 + 5 * 2 + 1, 1, 1, 1);
        var anchors = Stream.of(0, 1, 2, 3, 4, 5).map(i -> Arguments.of(Networks.ALL.get(i), counts.get(i)));
        // The last block of three: its expansion is added to the input, and a 1×1 convolution follows.
        return Stream.concat(anchors, Stream.of(Arguments.of(unnormalizedEnd, 1 + 1)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void standardizedAreTheConvolutionsThatALayerFollowsAndNoOthers(AnchorSpec spec, int plain) {
        assertThat(weightsThatMatter(spec, EXACT)).hasSize(plain);
        assertThat(weightsThatMatter(spec, null)).hasSizeGreaterThan(plain);
    }

    /** The weights of a U-Net: a block's first convolution is standardized, nothing else. */
    @Test
    void inAUNetTheEncodersFirstConvolutionsAreStandardized() {
        var unet = Networks.ALL.get(6);
        int weights = weightsThatMatter(unet, null).size();
        assertThat(weightsThatMatter(unet, EXACT)).hasSize(weights - unet.stages().size());
    }

    /** Those whose filters cannot be stretched and shifted without a change of the output. */
    private static List<Integer> weightsThatMatter(AnchorSpec spec, @Nullable WeightStandardization standardization) {
        var trial = new Trial(spec, standardization, "affine-relu", Layout.CHANNELS_LAST, DataType.FLOAT64, 8);
        double[] before = trial.run().output();
        float[] weights = trial.network().table().weights();
        var places = trial.places();
        var matter = new ArrayList<Integer>();
        for (int number = 0; number < places.size(); number++) {
            int[] moved = places.get(number);
            double[] after = trial.run(start -> {
                for (int place : moved) {
                    start[place] = 2 * start[place] + 0.3;
                }
                return start;
            }).output();
            double size = DoubleStream.of(before).map(Math::abs).max().orElseThrow();
            boolean same = true;
            for (int i = 0; i < after.length; i++) {
                same &= Math.abs(after[i] - before[i]) <= 1e-9 * size;
            }
            if (weights[moved[0]] == 1 && !same) {
                matter.add(number);
            }
        }
        return matter;
    }
}
