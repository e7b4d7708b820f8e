package dev.normforge.graph;

import static dev.normforge.graph.LayerGraph.V0;
import static dev.normforge.graph.LayerGraph.V1;
import static dev.normforge.graph.LayerGraph.X;
import static dev.normforge.graph.LayerGraph.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimplifierRulesTest {

    private static final Simplifier SIMPLIFIER = new Simplifier(Numerics.DEFAULT);
    private static final int N1 = LayerGraph.INPUTS;
    private static final int N2 = N1 + 1;
    private static final int N3 = N1 + 2;

    @Test
    void aMeanOverAxesThatDoNotVaryIsRemoved() {
        for (var over : IndexSet.values()) {
            var twice = LayerGraph.of(mean(over, X), mean(over, N1));
            assertThat(simplified(twice)).isEqualTo(simplified(LayerGraph.of(mean(over, X))));
        }
        assertThat(simplified(LayerGraph.of(mean(IndexSet.BATCH, V0)))).isEqualTo(only(Term.Source.V0));
        assertThat(simplified(LayerGraph.of(mean(IndexSet.INSTANCE, V1)))).isEqualTo(only(Term.Source.V1));
        assertThat(operations(LayerGraph.of(mean(IndexSet.LAYER, V0)))).as("over channels v0 varies").isEqualTo(1);
        assertThat(operations(LayerGraph.of(mean(IndexSet.INSTANCE, X), mean(IndexSet.BATCH, N1)))).isEqualTo(2);
    }

    @Test
    void aDeviationOfWhatDoesNotVaryIsTheRootOfEpsilonAndNotZero() {
        var graph = LayerGraph.of(Node.of(new Aggregation(Moment.DEVIATION, IndexSet.BATCH), V1));
        assertThat(simplified(graph).terms()).containsExactly(new Term.Constant(Math.sqrt(1e-5)));
    }

    @Test
    void aRootMeanSquareOfWhatDoesNotVaryKeepsItsEpsilonAndNeedsNoBatch() {
        var overBatch = simplified(
                LayerGraph.of(Node.of(new Aggregation(Moment.ROOT_MEAN_SQUARE, IndexSet.BATCH), V0)));
        var overSpace = simplified(
                LayerGraph.of(Node.of(new Aggregation(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE), V0)));
        assertThat(overBatch).isEqualTo(overSpace);
        assertThat(overBatch.usesBatchStatistics()).isFalse();
        assertThat(overBatch.output().extent()).isEqualTo(Extent.PER_CHANNEL);
        var atZero = new Interpreter(overBatch, Numerics.DEFAULT).forward(new double[1], new Shape(1, 1, 1, 1),
                Parameters.initial(1), new Statistics.OfTheBatch());
        assertThat(atZero).containsExactly(Math.sqrt(1e-5));
    }

    @Test
    void constantsFoldWithEpsilon() {
        assertFoldsTo(1, Node.of(Elementwise.EXP, ZERO));
        assertFoldsTo(0.5, Node.of(Elementwise.SIGMOID, ZERO));
        assertFoldsTo(0, Node.of(Elementwise.LOG, ZERO));
        assertFoldsTo(0, Node.of(Elementwise.SQRT, ZERO));
        assertFoldsTo(Math.sqrt(1 + 1e-5), Node.of(Elementwise.EXP, ZERO), Node.of(Elementwise.SQRT, N1));
        assertFoldsTo(StrictMath.log(1 + 1e-5), Node.of(Elementwise.EXP, ZERO), Node.of(Elementwise.LOG, N1));
        assertFoldsTo(Math.sqrt(1 + 1e-5), Node.of(Elementwise.EXP, ZERO),
                Node.of(new Aggregation(Moment.ROOT_MEAN_SQUARE, IndexSet.GROUP), N1));
        assertFoldsTo(0, Node.of(Elementwise.NEG, ZERO));
        assertFoldsTo(Double.NaN, Node.of(Elementwise.DIV, ZERO, ZERO));
    }

    @Test
    void neutralElementsVanish() {
        assertIsX(Node.of(Elementwise.ADD, X, ZERO));
        assertIsX(Node.of(Elementwise.ADD, ZERO, X));
        assertIsX(Node.of(Elementwise.EXP, ZERO), Node.of(Elementwise.MUL, X, N1));
        assertIsX(Node.of(Elementwise.EXP, ZERO), Node.of(Elementwise.DIV, X, N1));
        assertIsX(Node.of(Elementwise.MAX, X, X));
        assertIsX(Node.of(Elementwise.NEG, X), Node.of(Elementwise.NEG, N1));
        assertFoldsTo(0, Node.of(Elementwise.MUL, ZERO, X));
        assertFoldsTo(0, Node.of(Elementwise.DIV, ZERO, X));
        assertFoldsTo(0, Node.of(Elementwise.NEG, X), Node.of(Elementwise.ADD, X, N1));
        assertFoldsTo(1, Node.of(Elementwise.SIGMOID, X), Node.of(Elementwise.DIV, N1, N1));
    }

    @Test
    void signsThatDoNotMatterVanish() {
        var square = simplified(LayerGraph.of(Node.of(Elementwise.SQUARE, X)));
        assertSame(square, Node.of(Elementwise.NEG, X), Node.of(Elementwise.SQUARE, N1));
        assertSame(square, Node.of(Elementwise.ABS, X), Node.of(Elementwise.SQUARE, N1));
        assertSame(square, Node.of(Elementwise.MUL, X, X));
        assertSame(square, Node.of(Elementwise.NEG, X), Node.of(Elementwise.MUL, N1, N1));
        assertSame(square, Node.of(Elementwise.SQUARE, X), Node.of(Elementwise.ABS, N1));
        assertSame(square, Node.of(Elementwise.SQUARE, X), Node.of(Elementwise.MAX, N1, ZERO));
        var absolute = simplified(LayerGraph.of(Node.of(Elementwise.ABS, X)));
        assertSame(absolute, Node.of(Elementwise.NEG, X), Node.of(Elementwise.ABS, N1));
        assertSame(absolute, Node.of(Elementwise.NEG, X), Node.of(Elementwise.MAX, N1, X));
        assertFoldsTo(0, Node.of(Elementwise.ABS, X), Node.of(Elementwise.NEG, N1), Node.of(Elementwise.MAX, N2, ZERO));
        for (var moment : new Moment[]{Moment.ROOT_MEAN_SQUARE, Moment.DEVIATION}) {
            var over = new Aggregation(moment, IndexSet.GROUP);
            assertSame(simplified(LayerGraph.of(Node.of(over, X))), Node.of(Elementwise.NEG, X), Node.of(over, N1));
        }
    }

    /** max(max(x, 0), 0) has gradient ¼ at 0 and |max(x, 0)| has none; max(x, 0) has ½. */
    @Test
    void aTiesGradientIsNotRewrittenAway() {
        assertThat(operations(LayerGraph.of(Node.of(Elementwise.MAX, X, ZERO), Node.of(Elementwise.MAX, N1, ZERO))))
                .isEqualTo(2);
        assertThat(operations(LayerGraph.of(Node.of(Elementwise.MAX, X, ZERO), Node.of(Elementwise.ABS, N1))))
                .isEqualTo(2);
        assertThat(operations(LayerGraph.of(Node.of(Elementwise.ABS, X), Node.of(Elementwise.MAX, N1, X),
                Node.of(Elementwise.ABS, N2)))).isEqualTo(3);
        assertThat(operations(LayerGraph.of(Node.of(Elementwise.ABS, X), Node.of(Elementwise.LOG, N1),
                Node.of(Elementwise.ABS, N2)))).as("log |x| may be negative").isEqualTo(3);
    }

    @Test
    void aZeroDivisorStays() {
        var graph = LayerGraph.of(Node.of(Elementwise.DIV, X, ZERO));
        assertThat(simplified(graph)).isEqualTo(Simplifier.literal(graph));
    }

    @Test
    void sharedSubExpressionsAreComputedOnce() {
        var graph = LayerGraph.of(Node.of(Elementwise.MUL, X, V1), Node.of(Elementwise.MUL, V1, X),
                Node.of(Elementwise.TANH, N1), Node.of(Elementwise.DIV, N2, N3));
        assertThat(operations(graph)).isEqualTo(3);
    }

    @Test
    void aLayerThatLosesXIsStillAPhenotype() {
        var onlyV0 = simplified(LayerGraph.of(Node.of(Elementwise.MUL, X, ZERO), Node.of(Elementwise.ADD, N1, V0)));
        assertThat(onlyV0).isEqualTo(only(Term.Source.V0));
        assertThat(onlyV0.uses(Term.Source.X)).isFalse();
    }

    @Test
    void anotherOrderOfNodesHasTheSameHash() {
        var random = new SplittableRandom(51);
        var byHash = new HashMap<PhenotypeHash, Phenotype>();
        for (int i = 0; i < 3000; i++) {
            var graph = RandomGraphs.draw(random, 1 + random.nextInt(20));
            var phenotype = simplified(graph);
            var shuffled = simplified(RandomGraphs.shuffled(graph, random));
            assertThat(shuffled).as("%s", graph).isEqualTo(phenotype);
            var hash = PhenotypeHash.of(phenotype, Numerics.DEFAULT);
            assertThat(PhenotypeHash.of(shuffled, Numerics.DEFAULT)).isEqualTo(hash);
            var before = byHash.putIfAbsent(hash, phenotype);
            assertThat(before == null || before.equals(phenotype)).as("one hash, one phenotype").isTrue();
        }
        assertThat(byHash.size()).isGreaterThan(800);
    }

    @Test
    void otherNumericsHaveAnotherHash() {
        var relu = simplified(NamedLayers.find("relu").orElseThrow());
        assertThat(PhenotypeHash.of(relu, new Numerics(4, 1e-5))).isNotEqualTo(
                PhenotypeHash.of(relu, new Numerics(8, 1e-5)));
        assertThat(PhenotypeHash.of(relu, new Numerics(4, 1e-5))).isNotEqualTo(
                PhenotypeHash.of(relu, new Numerics(4, 1e-3)));
    }

    /** Stored hashes are compared across processes: a change of this value is a change of {@link Simplifier#VERSION}. */
    @Test
    void theHashOfAKnownLayerStays() {
        var hash = PhenotypeHash.of(simplified(NamedLayers.find("evonorm-b0").orElseThrow()), Numerics.DEFAULT);
        assertThat(Simplifier.VERSION).isEqualTo(2);
        assertThat(hash.hex()).isEqualTo("0f91c905b60a3dc9a0adb36b1e7f442df260e1765066e6fdfb6898d9d9a1e412");
    }

    @Test
    void costNeverGrows() {
        var random = new SplittableRandom(52);
        for (int i = 0; i < 5000; i++) {
            var graph = RandomGraphs.draw(random, 10);
            var before = Cost.of(Simplifier.literal(graph));
            var after = Cost.of(simplified(graph));
            assertThat(after.operations()).as("%s", graph).isLessThanOrEqualTo(before.operations());
            assertThat(after.tensorPasses()).as("%s", graph).isLessThanOrEqualTo(before.tensorPasses());
            assertThat(after.parametersPerChannel()).isLessThanOrEqualTo(before.parametersPerChannel());
        }
    }

    @Test
    void packedGenotypesComeBackEqual() {
        var random = new SplittableRandom(53);
        for (int i = 0; i < 1000; i++) {
            var graph = RandomGraphs.draw(random, 1 + random.nextInt(LayerGraph.MAX_NODES));
            assertThat(LayerGraph.unpacked(graph.packed())).isEqualTo(graph);
        }
    }

    @Test
    void costCountsFullSizeReadsAndWrites() {
        assertThat(cost("relu")).isEqualTo(new Cost(1, 1 + 1 + 2, 2));
        assertThat(cost("evonorm-s0")).as("v1·x 2, sigmoid 2, x·s 3, std 1, div 2, affine 2")
                .isEqualTo(new Cost(5, 12, 3));
        assertThat(cost("evonorm-b0")).as("std 1, v1·x 2, std 1, add 2, max 2, div 3, affine 2")
                .isEqualTo(new Cost(6, 13, 3));
    }

    private static Cost cost(String name) {
        return Cost.of(simplified(NamedLayers.find(name).orElseThrow()));
    }

    private static void assertIsX(Node... nodes) {
        assertSame(only(Term.Source.X), nodes);
    }

    private static void assertFoldsTo(double value, Node... nodes) {
        assertThat(simplified(LayerGraph.of(nodes)).terms()).containsExactly(new Term.Constant(value));
    }

    private static void assertSame(Phenotype expected, Node... nodes) {
        assertThat(simplified(LayerGraph.of(nodes))).isEqualTo(expected);
    }

    private static Phenotype only(Term.Source source) {
        return new Phenotype(List.of(new Term.Input(source)));
    }

    private static Phenotype simplified(LayerGraph graph) {
        return SIMPLIFIER.simplify(graph);
    }

    private static int operations(LayerGraph graph) {
        return Cost.of(simplified(graph)).operations();
    }

    private static Node mean(IndexSet over, int input) {
        return Node.of(new Aggregation(Moment.MEAN, over), input);
    }
}
