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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards against a rewrite for speed that changes what a layer means. */
class GraphLayerEqualsInterpreterTest {

    private static final int[] CHANNELS = {8, 12, 16, 40};
    private static final long SEED = Long.getLong("oracle.seed", 1);

    private static Interpreter.Shape shape(RandomGenerator random) {
        return new Interpreter.Shape(2 + random.nextInt(3), CHANNELS[random.nextInt(CHANNELS.length)],
                1 + 2 * random.nextInt(3), 3 + 2 * random.nextInt(2));
    }

    private int compared;

    /** What disagrees, or nothing. */
    private List<String> disagreements(String name, Phenotype phenotype, RandomGenerator random) {
        var found = new ArrayList<String>();
        var numerics = new Numerics(4, 1e-5);
        var shape = shape(random);
        var comparison = new Comparison(random, shape);
        boolean channelsLast = random.nextBoolean();
        var training = comparison.interpret(phenotype, numerics, new Statistics.OfTheBatch());
        if (training.finiteInFloat32()) {
            var engine = comparison.run(constants -> new GraphLayer(phenotype, shape.c(), numerics, constants),
                    DataType.FLOAT64, channelsLast, BatchMoments.OF_BATCH);
            double distance = engine.distance(training.result());
            compared++;
            if (!(distance < 1e-8)) {
                found.add("training %s %s: %s".formatted(name, Formula.of(phenotype), distance));
            }
        }
        if (phenotype.usesBatchStatistics()) {
            // Moments of other data than those that are evaluated.
            var moments = new Comparison(random, shape).interpret(phenotype, numerics, new Statistics.OfTheBatch())
                    .moments();
            var evaluation = comparison.interpret(phenotype, numerics, new Statistics.Population(moments));
            if (evaluation.finiteInFloat32()) {
                var engine = comparison.run(constants -> new GraphLayer(phenotype, shape.c(), numerics, constants),
                        DataType.FLOAT64, channelsLast, Comparison.population(phenotype, numerics, shape.c(), moments));
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
        var random = RandomGenerator.of("L64X128MixRandom");
        var found = new ArrayList<String>();
        for (String name : NamedLayers.names()) {
            LayerGraph graph = NamedLayers.find(name).orElseThrow();
            found.addAll(disagreements(name, new Simplifier(new Numerics(4, 1e-5)).simplify(graph), random));
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
            found.addAll(disagreements("#" + i, new Simplifier(new Numerics(4, 1e-5)).simplify(graph), random));
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
        var numerics = new Numerics(4, 1e-5);
        var found = new ArrayList<String>();
        for (int i = 0; i < 250; i++) {
            var phenotype = new Simplifier(numerics).simplify(Graphs.random(random, 3 + random.nextInt(10)));
            var shape = shape(random);
            var comparison = new Comparison(random, shape);
            var exact = comparison.interpret(phenotype, numerics, new Statistics.OfTheBatch());
            var moved = comparison.disturbed(random, 1e-7).interpret(phenotype, numerics, new Statistics.OfTheBatch());
            var engine = comparison.run(constants -> new GraphLayer(phenotype, shape.c(), numerics, constants),
                    DataType.FLOAT32, random.nextBoolean(), BatchMoments.OF_BATCH);
            if (exact.finiteInFloat32() != engine.finite()) {
                found.add("#%d %s: finite is %s, expected %s".formatted(i, Formula.of(phenotype), engine.finite(),
                        exact.finiteInFloat32()));
            } else if (engine.finite() && moved.result().distance(exact.result()) < 1e-5) {
                compared++;
                double distance = engine.distance(exact.result());
                if (!(distance < 1e-4)) {
                    found.add("#%d %s: %s".formatted(i, Formula.of(phenotype), distance));
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(compared).as("well-conditioned graphs").isGreaterThan(150);
    }
}
