package dev.normforge.worker.layer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import dev.normforge.graph.Formula;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Statistics;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards against a rewrite for speed that changes what a layer means. */
class GraphLayerEqualsInterpreterTest {

    private static final int[] CHANNELS = {8, 12, 16, 40};
    private static final Numerics NUMERICS = new Numerics(4, 1e-5);
    private static final long SEED = Long.getLong("oracle.seed", 1);

    private static Interpreter.Shape shape(RandomGenerator random) {
        return new Interpreter.Shape(2 + random.nextInt(3), CHANNELS[random.nextInt(CHANNELS.length)],
                1 + 2 * random.nextInt(3), 3 + 2 * random.nextInt(2));
    }

    private int compared;

    /** What disagrees, or nothing. */
    private List<String> disagreements(String name, Phenotype phenotype, RandomGenerator random) {
        var found = new ArrayList<String>();
        var shape = shape(random);
        var comparison = new Comparison(random, shape);
        boolean channelsLast = random.nextBoolean();
        var training = comparison.interpret(phenotype, NUMERICS, new Statistics.OfTheBatch());
        if (training.finiteInFloat32()) {
            var engine = comparison.run(constants -> new GraphLayer(phenotype, shape.c(), NUMERICS, constants),
                    DataType.FLOAT64, channelsLast, BatchMoments.OF_BATCH);
            double distance = engine.distance(training.result());
            compared++;
            if (!(distance < 1e-8)) {
                found.add("training %s %s: %s".formatted(name, Formula.of(phenotype), distance));
            }
        }
        if (phenotype.usesBatchStatistics()) {
            // Moments of other data than those that are evaluated.
            var moments = new Comparison(random, shape).interpret(phenotype, NUMERICS, new Statistics.OfTheBatch())
                    .moments();
            var evaluation = comparison.interpret(phenotype, NUMERICS, new Statistics.Population(moments));
            if (evaluation.finiteInFloat32()) {
                var engine = comparison.run(constants -> new GraphLayer(phenotype, shape.c(), NUMERICS, constants),
                        DataType.FLOAT64, channelsLast, Comparison.population(phenotype, NUMERICS, shape.c(), moments));
                double distance = engine.distance(evaluation.result());
                if (!(distance < 1e-8)) {
                    found.add("evaluation %s %s: %s".formatted(name, Formula.of(phenotype), distance));
                }
            }
        }
        return found;
    }

    @Test
    void namedLayersAgreeInDoublePrecision() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        var found = new ArrayList<String>();
        for (String name : NamedLayers.names()) {
            LayerGraph graph = NamedLayers.find(name).orElseThrow();
            found.addAll(disagreements(name, new Simplifier(NUMERICS).simplify(graph), random));
            found.addAll(disagreements(name + " as written", Simplifier.literal(graph), random));
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomGraphsAgreeInDoublePrecision(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED * 1000 + seed);
        var found = new ArrayList<String>();
        for (int i = 0; i < 250; i++) {
            var graph = Graphs.random(random, 3 + random.nextInt(10));
            found.addAll(disagreements("#" + i, new Simplifier(NUMERICS).simplify(graph), random));
            if (i % 5 == 0) {
                found.addAll(disagreements("#" + i + " as written", Simplifier.literal(graph), random));
            }
        }
        assertThat(found).isEmpty();
        assertThat(compared).as("graphs that stayed finite").isGreaterThan(200);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomGraphsAgreeInSinglePrecisionWhereTheyAreWellConditioned(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED * 1000 + 500 + seed);
        var found = new ArrayList<String>();
        for (int i = 0; i < 250; i++) {
            var graph = Graphs.random(random, 3 + random.nextInt(10));
            var phenotype = new Simplifier(NUMERICS).simplify(graph);
            var shape = shape(random);
            var comparison = new Comparison(random, shape);
            var exact = comparison.interpret(phenotype, NUMERICS, new Statistics.OfTheBatch());
            var moved = comparison.disturbed(random, 1e-7).interpret(phenotype, NUMERICS, new Statistics.OfTheBatch());
            var engine = comparison.run(constants -> new GraphLayer(phenotype, shape.c(), NUMERICS, constants),
                    DataType.FLOAT32, random.nextBoolean(), BatchMoments.OF_BATCH);
            if (exact.finiteInFloat32() != engine.finite()) {
                if (clearly(exact.finiteInFloat32(), comparison, phenotype)) {
                    found.add("#%d %s: finite is %s, expected %s".formatted(i, Formula.of(phenotype), engine.finite(),
                            exact.finiteInFloat32()));
                }
            } else if (engine.finite() && moved.result().distance(exact.result()) < 1e-5) {
                compared++;
                double distance = distance(engine, exact.result());
                if (!(distance < 1e-4) && wellConditioned(graph, comparison, shape, random)) {
                    found.add("#%d %s: %s".formatted(i, Formula.of(phenotype), distance));
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(compared).as("well-conditioned graphs").isGreaterThan(150);
    }

    /** Whether a gradient that is ten thousand times larger or smaller would be judged the same. */
    private static boolean clearly(boolean finite, Comparison comparison, Phenotype phenotype) {
        return DoubleStream.of(1e-4, 1e4).allMatch(factor -> comparison.withUpstream(factor)
                .interpret(phenotype, NUMERICS, new Statistics.OfTheBatch()).finiteInFloat32() == finite);
    }

    private static double distance(Comparison.Result result, Comparison.Result exact) {
        return Math.max(result.valueDistance(exact), result.gradientDistance(exact));
    }

    /**
     * Whether the graph as written, computed node by node in single precision, is right on several inputs next to each other.
     * Noise in double precision does not find what float32 makes of log(1 + ε), or of the deviation of equal numbers.
     */
    private static boolean wellConditioned(LayerGraph graph, Comparison comparison, Interpreter.Shape shape,
            RandomGenerator random) {
        return IntStream.range(0, 8).allMatch(i -> {
            var near = comparison.disturbed(random, 1e-6);
            var exact = near.interpret(Simplifier.literal(graph), NUMERICS, new Statistics.OfTheBatch()).result();
            var plain = near.run(constants -> new NaiveGraphLayer(graph, shape.c(), NUMERICS, constants),
                    DataType.FLOAT32, i % 2 == 0, BatchMoments.OF_BATCH);
            return distance(plain, exact) < 1e-5;
        });
    }
}
