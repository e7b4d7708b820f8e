package dev.normforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.normforge.graph.Interpreter.Moments;
import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Central differences along random directions, with a step small enough to stay on one side of every kink, or skipped. */
class InterpreterGradientIsTheDerivativeTest {

    private static final Numerics NUMERICS = new Numerics(4, 1e-5);
    private static final List<Shape> SHAPES = List.of(new Shape(3, 8, 3, 5), new Shape(2, 12, 5, 3),
            new Shape(2, 16, 3, 3), new Shape(2, 40, 1, 3));
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-5;

    @Test
    void ofEveryNamedLayer() {
        var random = new SplittableRandom(31);
        for (var name : NamedLayers.names()) {
            var phenotype = new Simplifier(NUMERICS).simplify(NamedLayers.find(name).orElseThrow());
            for (var shape : SHAPES) {
                int agreed = 0;
                for (int i = 0; i < 10; i++) {
                    agreed += agrees(phenotype, shape, false, random) && agrees(phenotype, shape, true, random) ? 1 : 0;
                }
                assertThat(agreed).as("%s at %s", name, shape).isGreaterThan(5);
            }
        }
    }

    @Test
    void ofEveryOperationAlone() {
        var random = new SplittableRandom(32);
        for (var op : Primitive.all()) {
            var graph = op.arity() == 1
                    ? LayerGraph.of(Node.of(op, LayerGraph.X))
                    : LayerGraph.of(Node.of(op, LayerGraph.X, LayerGraph.V1));
            for (var shape : SHAPES) {
                int agreed = 0;
                for (int i = 0; i < 20; i++) {
                    agreed += agrees(Simplifier.literal(graph), shape, false, random) ? 1 : 0;
                }
                assertThat(agreed).as("%s at %s", op, shape).isPositive();
            }
        }
    }

    @Test
    void ofRandomGraphs() {
        var random = new SplittableRandom(33);
        int agreed = 0;
        for (int i = 0; i < 1500; i++) {
            var graph = RandomGraphs.drawLive(random, 10, 2);
            var shape = SHAPES.get(i % SHAPES.size());
            var phenotype = i % 2 == 0 ? Simplifier.literal(graph) : new Simplifier(NUMERICS).simplify(graph);
            agreed += agrees(phenotype, shape, false, random) ? 1 : 0;
            agreed += agrees(phenotype, shape, true, random) ? 1 : 0;
        }
        assertThat(agreed).isGreaterThan(1500);
    }

    /** Fails where gradient and difference disagree; false where the difference itself is not to be trusted. */
    private static boolean agrees(Phenotype phenotype, Shape shape, boolean population, RandomGenerator random) {
        var x = Samples.normal(random, shape.size());
        var parameters = Samples.parameters(random, shape);
        var upstream = Samples.normal(random, shape.size());
        var statistics = population ? populationOf(phenotype, shape, random) : new Statistics.OfTheBatch();
        var interpreter = new Interpreter(phenotype, NUMERICS);
        interpreter.forward(x, shape, parameters, statistics);
        var gradients = interpreter.backward(upstream);
        if (!interpreter.finiteInFloat32()) {
            return false;
        }
        var dx = Samples.normal(random, shape.size());
        var directions = Samples.parameters(random, shape);
        double expected = dot(gradients.x(), dx) + dot(gradients.v0(), directions.v0())
                + dot(gradients.v1(), directions.v1()) + dot(gradients.gamma(), directions.gamma())
                + dot(gradients.beta(), directions.beta());
        var line = new Line(phenotype, shape, statistics, x, parameters, dx, directions, upstream);
        double coarse = line.slope(2 * STEP);
        double fine = line.slope(STEP);
        double scale = Math.max(1, Math.abs(expected));
        double curvature = Math.abs(line.at(STEP) - 2 * line.at(0) + line.at(-STEP)) / STEP;
        if (Math.abs(coarse - fine) > 0.1 * TOLERANCE * scale || curvature > 0.01 * scale) {
            return false; // a kink, or too steep for this step
        }
        assertThat(fine / scale).as("%s at %s", phenotype, shape)
                .isCloseTo(expected / scale, offset(TOLERANCE));
        return true;
    }

    /** Σ upstream·output along a line through x and the parameters. */
    private record Line(Phenotype phenotype, Shape shape, Statistics statistics, double[] x, Parameters parameters,
            double[] dx, Parameters directions, double[] upstream) {

        double slope(double step) {
            return (at(step) - at(-step)) / (2 * step);
        }

        double at(double t) {
            var moved = new Parameters(along(parameters.v0(), directions.v0(), t),
                    along(parameters.v1(), directions.v1(), t), along(parameters.gamma(), directions.gamma(), t),
                    along(parameters.beta(), directions.beta(), t));
            var output = new Interpreter(phenotype, NUMERICS).forward(along(x, dx, t), shape, moved, statistics);
            return dot(output, upstream);
        }

        private static double[] along(double[] from, double[] direction, double t) {
            var a = from.clone();
            for (int i = 0; i < a.length; i++) {
                a[i] += t * direction[i];
            }
            return a;
        }
    }

    private static Statistics populationOf(Phenotype phenotype, Shape shape, RandomGenerator random) {
        var all = new ArrayList<Moments>();
        for (var term : phenotype.terms()) {
            if (Phenotype.isBatchAggregation(term)) {
                var mean = Samples.normal(random, shape.c());
                var variance = new double[shape.c()];
                var meanSquare = new double[shape.c()];
                for (int c = 0; c < shape.c(); c++) {
                    variance[c] = 0.5 + random.nextDouble();
                    meanSquare[c] = variance[c] + mean[c] * mean[c];
                }
                all.add(new Moments(mean, meanSquare, variance));
            }
        }
        return new Statistics.Population(all);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
