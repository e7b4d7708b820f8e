package dev.normforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SimplifierKeepsValueAndGradientTest {

    private static final Numerics NUMERICS = new Numerics(4, 1e-5);
    private static final List<Shape> SHAPES = List.of(new Shape(3, 8, 4, 3), new Shape(2, 12, 1, 5),
            new Shape(4, 6, 3, 3));

    @Test
    void randomGraphsMeanTheSameBeforeAndAfter() {
        var random = new SplittableRandom(20261);
        int compared = 0;
        int changed = 0;
        for (int i = 0; i < 6000; i++) {
            var graph = RandomGraphs.draw(random, 1 + random.nextInt(14));
            var shape = SHAPES.get(i % SHAPES.size());
            var x = Samples.normal(random, shape.size());
            if (agrees(graph, x, Samples.parameters(random, shape), shape, random)) {
                compared++;
                changed += new Simplifier(NUMERICS).simplify(graph).equals(Simplifier.literal(graph)) ? 0 : 1;
            }
        }
        assertThat(compared).isGreaterThan(4000);
        assertThat(changed).isGreaterThan(1500);
    }

    /** Statistics measured on one batch and used on another: what evaluation does. */
    @Test
    void populationStatisticsGiveTheSameValue() {
        var random = new SplittableRandom(20263);
        var shape = SHAPES.getFirst();
        int compared = 0;
        for (int i = 0; i < 3000; i++) {
            var graph = RandomGraphs.draw(random, 1 + random.nextInt(14));
            var parameters = Samples.parameters(random, shape);
            var first = Samples.normal(random, shape.size());
            var second = Samples.normal(random, shape.size());
            var literal = Simplifier.literal(graph);
            if (literal.usesBatchStatistics() && !wobbles(graph, first, parameters, shape)) {
                var expected = evaluated(literal, first, second, parameters, shape);
                var actual = evaluated(new Simplifier(NUMERICS).simplify(graph), first, second, parameters, shape);
                if (Arrays.stream(expected).allMatch(y -> Math.abs(y) < 1e6)) {
                    assertThat(Samples.distance(actual, expected)).as("%s", graph).isLessThan(1e-8);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(500);
    }

    private static double[] evaluated(Phenotype phenotype, double[] first, double[] second, Parameters parameters,
            Shape shape) {
        var interpreter = new Interpreter(phenotype, NUMERICS);
        interpreter.forward(first, shape, parameters, new Statistics.OfTheBatch());
        return interpreter.forward(second, shape, parameters, new Statistics.Population(interpreter.batchMoments()));
    }

    /** Where x, v0 and v1 hold zeros and equal numbers, every max has ties and every abs, sqrt and log its kink. */
    @Test
    void tiesAndKinksKeepTheirGradient() {
        var random = new SplittableRandom(20262);
        int compared = 0;
        for (int i = 0; i < 6000; i++) {
            var graph = RandomGraphs.draw(random, 1 + random.nextInt(8));
            var shape = SHAPES.get(i % SHAPES.size());
            var parameters = new Parameters(coarse(random, shape.c()), coarse(random, shape.c()),
                    coarse(random, shape.c()), coarse(random, shape.c()));
            compared += agrees(graph, coarse(random, shape.size()), parameters, shape, random) ? 1 : 0;
        }
        assertThat(compared).isGreaterThan(3000);
    }

    private static double[] coarse(RandomGenerator random, int size) {
        var a = new double[size];
        for (int i = 0; i < size; i++) {
            a[i] = random.nextInt(-1, 2);
        }
        return a;
    }

    /** Compares where the genotype is finite and rounding does not decide; says whether it could. */
    private static boolean agrees(LayerGraph graph, double[] x, Parameters parameters, Shape shape,
            RandomGenerator random) {
        var upstream = Samples.normal(random, shape.size());
        var literal = new Interpreter(Simplifier.literal(graph), NUMERICS);
        var expected = literal.forward(x, shape, parameters, new Statistics.OfTheBatch());
        var gradients = literal.backward(upstream);
        if (!literal.finiteInFloat32() || largest(gradients) > 1e6 || wobbles(graph, x, parameters, shape)) {
            return false;
        }
        var simplified = new Interpreter(new Simplifier(NUMERICS).simplify(graph), NUMERICS);
        var actual = simplified.forward(x, shape, parameters, new Statistics.OfTheBatch());
        var found = simplified.backward(upstream);
        assertThat(simplified.finiteInFloat32()).as("%s", graph).isTrue();
        assertThat(Samples.distance(actual, expected)).as("value of %s", graph).isLessThan(1e-8);
        assertThat(Samples.distance(found.x(), gradients.x())).as("x of %s", graph).isLessThan(1e-8);
        assertThat(Samples.distance(found.v0(), gradients.v0())).as("v0 of %s", graph).isLessThan(1e-8);
        assertThat(Samples.distance(found.v1(), gradients.v1())).as("v1 of %s", graph).isLessThan(1e-8);
        assertThat(Samples.distance(found.gamma(), gradients.gamma())).as("gamma of %s", graph).isLessThan(1e-8);
        assertThat(Samples.distance(found.beta(), gradients.beta())).as("beta of %s", graph).isLessThan(1e-8);
        return true;
    }

    /** Whether noise of the size of rounding errors moves the literal output: then two orders of summation differ too. */
    private static boolean wobbles(LayerGraph graph, double[] x, Parameters parameters, Shape shape) {
        var expected = new Interpreter(Simplifier.literal(graph), NUMERICS).forward(x, shape, parameters,
                new Statistics.OfTheBatch());
        var moved = x.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] *= 1 + (i % 2 == 0 ? 1e-13 : -1e-13);
        }
        var output = new Interpreter(Simplifier.literal(graph), NUMERICS).forward(moved, shape, parameters,
                new Statistics.OfTheBatch());
        return !(Samples.distance(output, expected) <= 1e-10);
    }

    private static double largest(Interpreter.Gradients gradients) {
        double largest = 0;
        for (var array : List.of(gradients.x(), gradients.v0(), gradients.v1())) {
            for (double value : array) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }
}
