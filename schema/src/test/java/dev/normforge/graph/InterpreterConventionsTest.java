package dev.normforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.normforge.graph.Interpreter.Moments;
import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What finite differences cannot see: ties, kinks, population statistics, float32's range, the trailing affine. */
class InterpreterConventionsTest {

    private static final Shape ONE = new Shape(1, 1, 1, 1);
    private static final Statistics BATCH = new Statistics.OfTheBatch();

    @Test
    void aTieOfMaxIsSplit() {
        assertThat(slopeAtZero(LayerGraph.of(Node.of(Elementwise.MAX, LayerGraph.X, LayerGraph.ZERO)))).isEqualTo(0.5);
        assertThat(slopeAtZero(LayerGraph.of(Node.of(Elementwise.MAX, LayerGraph.X, LayerGraph.X)))).isEqualTo(1);
    }

    @Test
    void absSqrtAndLogHaveNeitherValueNorGradientAtZero() {
        for (var op : List.of(Elementwise.ABS, Elementwise.SQRT, Elementwise.LOG)) {
            var graph = LayerGraph.of(Node.of(op, LayerGraph.X));
            var interpreter = new Interpreter(Simplifier.literal(graph), Numerics.DEFAULT);
            assertThat(interpreter.forward(new double[1], ONE, Parameters.initial(1), BATCH)).containsExactly(0);
            assertThat(interpreter.backward(new double[]{1}).x()).containsExactly(0);
            assertThat(interpreter.finiteInFloat32()).isTrue();
        }
    }

    @Test
    void epsilonStandsInsideTheRootAndTheLogarithm() {
        var numerics = new Numerics(1, 0.25);
        var parameters = Parameters.initial(1);
        assertThat(value(Elementwise.SQRT, -2, numerics)).isEqualTo(-1.5);
        assertThat(value(Elementwise.LOG, -0.75, numerics)).isEqualTo(0);
        var rms = LayerGraph.of(Node.of(new Aggregation(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE), LayerGraph.X));
        var std = LayerGraph.of(Node.of(new Aggregation(Moment.DEVIATION, IndexSet.INSTANCE), LayerGraph.X));
        var shape = new Shape(1, 1, 1, 2);
        double[] x = {0, 2};
        assertThat(new Interpreter(Simplifier.literal(rms), numerics).forward(x, shape, parameters, BATCH)[0])
                .isEqualTo(1.5);
        assertThat(new Interpreter(Simplifier.literal(std), numerics).forward(x, shape, parameters, BATCH)[0])
                .as("biased variance").isCloseTo(Math.sqrt(1.25), offset(1e-15));
    }

    @Test
    void eachIndexSetTakesItsOwnElements() {
        var shape = new Shape(2, 4, 1, 2); // x = 0 … 15
        var x = new double[16];
        Arrays.setAll(x, i -> i);
        assertThat(mean(IndexSet.BATCH, x, shape, 2)).startsWith(4.5, 4.5, 6.5, 6.5).endsWith(10.5, 10.5);
        assertThat(mean(IndexSet.INSTANCE, x, shape, 2)).startsWith(0.5, 0.5, 2.5, 2.5).endsWith(14.5, 14.5);
        assertThat(mean(IndexSet.LAYER, x, shape, 2)).startsWith(3.5, 3.5).endsWith(11.5, 11.5);
        assertThat(mean(IndexSet.GROUP, x, shape, 2)).startsWith(1.5, 1.5, 1.5, 1.5, 5.5).endsWith(13.5);
        assertThat(mean(IndexSet.GROUP, x, shape, 3)).as("3 groups fall back to 2").startsWith(1.5, 1.5, 1.5, 1.5, 5.5);
    }

    @Test
    void populationStatisticsReplaceTheBatchAndPassNoGradient() {
        var std = LayerGraph.of(Node.of(new Aggregation(Moment.DEVIATION, IndexSet.BATCH), LayerGraph.X));
        var interpreter = new Interpreter(Simplifier.literal(std), new Numerics(1, 1e-5));
        var given = new Moments(new double[]{7}, new double[]{50}, new double[]{4 - 1e-5});
        var output = interpreter.forward(new double[]{1, 5}, new Shape(2, 1, 1, 1), Parameters.initial(1),
                new Statistics.Population(List.of(given)));
        assertThat(output).containsExactly(2, 2);
        assertThat(interpreter.backward(new double[]{1, 1}).x()).containsExactly(0, 0);
    }

    @Test
    void aBatchReportsTheMomentsThatThePopulationNeeds() {
        var graph = NamedLayers.find("bn-relu").orElseThrow();
        var interpreter = new Interpreter(new Simplifier(Numerics.DEFAULT).simplify(graph), Numerics.DEFAULT);
        double[] x = {1, 5, -2, 4};
        var shape = new Shape(2, 1, 1, 2);
        var asBatch = interpreter.forward(x, shape, Parameters.initial(1), BATCH);
        var moments = interpreter.batchMoments();
        assertThat(moments).hasSize(2);
        assertThat(moments.getFirst().mean()).containsExactly(2);
        assertThat(moments.getFirst().meanSquare()).containsExactly(11.5);
        assertThat(moments.getFirst().variance()).containsExactly(7.5);
        assertThat(interpreter.forward(x, shape, Parameters.initial(1), new Statistics.Population(moments)))
                .containsExactly(asBatch, offset(1e-12));
    }

    @Test
    void populationStatisticsOfAnotherGraphAreRefused() {
        var interpreter = new Interpreter(Simplifier.literal(NamedLayers.find("relu").orElseThrow()), Numerics.DEFAULT);
        var one = new Moments(new double[1], new double[1], new double[1]);
        assertThatThrownBy(() -> interpreter.forward(new double[1], ONE, Parameters.initial(1),
                new Statistics.Population(List.of(one)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("population statistics are for 1 terms, expected 0");
    }

    @Test
    void theAffineFollowsTheGraph() {
        var interpreter = new Interpreter(Simplifier.literal(NamedLayers.find("relu").orElseThrow()), Numerics.DEFAULT);
        var parameters = new Parameters(new double[2], new double[2], new double[]{2, 3}, new double[]{10, 20});
        var output = interpreter.forward(new double[]{1, -1, 4, 5}, new Shape(1, 2, 1, 2), parameters, BATCH);
        assertThat(output).containsExactly(12, 10, 32, 35);
        var gradients = interpreter.backward(new double[]{1, 1, 1, 1});
        assertThat(gradients.x()).containsExactly(2, 0, 3, 3);
        assertThat(gradients.gamma()).containsExactly(1, 9);
        assertThat(gradients.beta()).containsExactly(2, 2);
    }

    @Test
    void whatFloat32CannotHoldIsNotFinite() {
        var squared = LayerGraph.of(Node.of(Elementwise.SQUARE, LayerGraph.X));
        assertThat(finite(squared, 1e19)).isTrue();
        assertThat(finite(squared, 1e20)).isFalse();
        var rms = LayerGraph.of(Node.of(new Aggregation(Moment.ROOT_MEAN_SQUARE, IndexSet.LAYER), LayerGraph.X));
        assertThat(finite(rms, 1e20)).as("the mean of squares inside overflows").isFalse();
        var hidden = LayerGraph.of(Node.of(Elementwise.SQUARE, LayerGraph.X), Node.of(Elementwise.SIGMOID, 4));
        assertThat(finite(hidden, 1e30)).as("a live term, though not the output").isFalse();
        var quotient = LayerGraph.of(Node.of(Elementwise.NEG, LayerGraph.ZERO),
                Node.of(Elementwise.DIV, LayerGraph.V0, LayerGraph.X));
        assertThat(finite(quotient, 1)).isTrue();
        assertThat(finite(quotient, 0)).as("0/0").isFalse();
        assertThat(finite(quotient, 1e-40)).as("float32 flushes the divisor to zero").isFalse();
    }

    private static boolean finite(LayerGraph graph, double x) {
        var interpreter = new Interpreter(Simplifier.literal(graph), Numerics.DEFAULT);
        interpreter.forward(new double[]{x}, ONE, Parameters.initial(1), BATCH);
        return interpreter.finiteInFloat32();
    }

    private static double slopeAtZero(LayerGraph graph) {
        var interpreter = new Interpreter(Simplifier.literal(graph), Numerics.DEFAULT);
        interpreter.forward(new double[1], ONE, Parameters.initial(1), BATCH);
        return interpreter.backward(new double[]{1}).x()[0];
    }

    private static double value(Elementwise op, double x, Numerics numerics) {
        var literal = Simplifier.literal(LayerGraph.of(Node.of(op, LayerGraph.X)));
        return new Interpreter(literal, numerics).forward(new double[]{x}, ONE, Parameters.initial(1), BATCH)[0];
    }

    private static double[] mean(IndexSet over, double[] x, Shape shape, int groups) {
        var graph = LayerGraph.of(Node.of(new Aggregation(Moment.MEAN, over), LayerGraph.X));
        return new Interpreter(Simplifier.literal(graph), new Numerics(groups, 1e-5)).forward(x, shape,
                Parameters.initial(shape.c()), BATCH);
    }
}
