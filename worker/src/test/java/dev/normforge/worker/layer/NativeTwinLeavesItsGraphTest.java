package dev.normforge.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Moment;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.worker.layer.SlotRun.Way;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guards against a native layer that is not the graph of the same name: the graph's v1 and v0 are the twin's scale and shift, its
 * trailing affine stays 1 and 0.
 */
class NativeTwinLeavesItsGraphTest {

    private static final String PREFIX = "native-";
    private static final Numerics NUMERICS = new Numerics(4, 1e-5);
    private static final List<Shape> SHAPES = List.of(new Shape(3, 8, 4, 3), new Shape(1, 6, 3, 3),
            new Shape(4, 7, 1, 1), new Shape(2, 36, 2, 2), new Shape(5, 1, 3, 5));
    private static final int SEEDS = 3;

    private double largest;

    static Stream<NativeLayer> twins() {
        return Arrays.stream(NativeLayer.values()).filter(layer -> layer.label().startsWith(PREFIX));
    }

    @Test
    void allSixAreThere() {
        assertThat(twins().map(layer -> layer.label().substring(PREFIX.length()))).containsExactly("bn-relu", "gn-relu",
                "ln-relu", "in-relu", "bn-silu", "gn-silu");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void withStatisticsOfTheBatch(NativeLayer layer, TestReporter reporter) {
        each(layer, false, channels -> new Told(null, null));
        reporter.publishEntry("%s: largest distance %.1e of the tolerance".formatted(layer.label(), largest));
    }

    /** Half of x is zero, one channel in all, and parameters are those before training. */
    @ParameterizedTest
    @MethodSource("twins")
    void whereMaximaTie(NativeLayer layer) {
        each(layer, true, channels -> new Told(null, null));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void withStatisticsOfThePopulation(NativeLayer layer) {
        each(layer, false, channels -> {
            double[] mean = new double[channels];
            double[] variance = new double[channels];
            Arrays.setAll(mean, c -> 0.25 * c - 1);
            Arrays.setAll(variance, c -> 0.5 + 0.125 * c);
            return new Told(mean, variance);
        });
    }

    private interface Statistics {
        Told of(int channels);
    }

    private void each(NativeLayer layer, boolean tied, Statistics statistics) {
        for (var shape : SHAPES) {
            for (int seed = 0; seed < SEEDS; seed++) {
                var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
                for (var way : Way.ALL) {
                    if (isLostInTheGraph(layer, shape, way)) {
                        continue;
                    }
                    compare(layer, shape, tied, random, way, statistics);
                }
            }
        }
    }

    /**
     * An image's only pixel is its own mean. The graph multiplies it by 1/√ε before it takes the mean away, which in single
     * precision leaves 1e-4; the twin has exactly nothing left.
     */
    private static boolean isLostInTheGraph(NativeLayer layer, Shape shape, Way way) {
        return layer == NativeLayer.IN_RELU && shape.h() * shape.w() == 1 && way.type() == DataType.FLOAT32;
    }

    private void compare(NativeLayer layer, Shape shape, boolean tied, RandomGenerator random, Way way,
            Statistics statistics) {
        int channels = shape.c();
        double[] scale = normal(random, channels, 1, tied ? 0 : 0.4);
        double[] shift = normal(random, channels, 0, tied ? 0 : 0.4);
        double[] x = normal(random, shape.size(), 0.3, 1.5);
        if (tied) {
            int pixels = shape.h() * shape.w();
            Arrays.setAll(x, i -> i / pixels % channels == 0 ? 0 : Math.max(0, x[i]));
        }
        double[] upstream = normal(random, shape.size(), 0, 1);
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        var told = statistics.of(channels);
        var toldByGraph = statistics.of(channels);
        var twin = new SlotRun(shape, x, List.of(scale, shift), upstream).on(way,
                constants -> Slots.of(new SlotLayer.Native(layer), NUMERICS, constants).apply(channels), told);
        var name = layer.label().substring(PREFIX.length());
        var graph = new SlotLayer.Graph(NamedLayers.find(name).orElseThrow());
        var drawn = new SlotRun(shape, x, List.of(shift, scale, ones, new double[channels]), upstream).on(way,
                constants -> Slots.of(graph, NUMERICS, constants).apply(channels), toldByGraph);
        var gradients = drawn.gradients();
        double distance = twin.distance(new SlotRun.Result(drawn.output(),
                List.of(gradients.get(0), gradients.get(2), gradients.get(1))));
        largest = Math.max(largest, distance / way.tolerance());
        assertThat(distance).as("%s %s %s", layer, shape, way).isLessThan(way.tolerance());
        assertThat(told.seen.keySet()).isEqualTo(toldByGraph.seen.keySet());
        told.seen.forEach((moment, seen) -> assertThat(
                SlotRun.Result.distance(seen, toldByGraph.seen.getOrDefault(moment, new double[channels])))
                .as("%s of %s %s %s", moment, layer, shape, way).isLessThan(way.tolerance()));
    }

    private static double[] normal(RandomGenerator random, int count, double mean, double deviation) {
        return random.doubles(count).map(_ -> (float) (mean + deviation * random.nextGaussian())).toArray();
    }

    /** Statistics by moment, which these layers have one of each, whatever the term is called. */
    private static final class Told implements BatchMoments {

        private final double @Nullable [] mean;
        private final double @Nullable [] variance;
        private final Map<Moment, double[]> seen = new EnumMap<>(Moment.class);

        /** Without any to give, it watches. */
        Told(double @Nullable [] mean, double @Nullable [] variance) {
            this.mean = mean;
            this.variance = variance;
        }

        @Override
        public double @Nullable [] kept(int term, Moment moment, int length) {
            return moment == Moment.MEAN ? mean : variance;
        }

        @Override
        public boolean watching() {
            return mean == null;
        }

        @Override
        public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
                int pixels) {
            seen.put(moment, moment == Moment.MEAN ? mean : variance);
            return null;
        }
    }
}
