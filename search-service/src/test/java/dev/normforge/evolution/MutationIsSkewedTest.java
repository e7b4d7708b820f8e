package dev.normforge.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Primitive;
import dev.normforge.protocol.SearchSpec.Space.Draw;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutationIsSkewedTest {

    private static final int MUTANTS = 200_000;
    private static final int UNCHANGED = 10 * 24;

    /** Cells: (changed node, its new operation), and the mutant that equals its parent. */
    @ParameterizedTest
    @EnumSource
    void nodesAndOperationsComeAsOftenAsStated(Draw draw) {
        var probabilities = new double[UNCHANGED + 1];
        for (int i = 0; i < 10; i++) {
            for (var op : Primitive.all()) {
                double p = 0.1 * RandomGraphsAreSkewedTest.probability(op, draw);
                double same = op == Elementwise.NEG ? p / (LayerGraph.INPUTS + i) : 0;
                probabilities[24 * i + op.code()] = p - same;
                probabilities[UNCHANGED] += same;
            }
        }

        assertThat(ChiSquare.rejects(changes(draw, new Draws(5, 0)), probabilities)).isFalse();
        assertThat(ChiSquare.rejects(changes(draw, ChiSquare.offByOne(new Draws(5, 0))), probabilities)).isTrue();
    }

    private static long[] changes(Draw draw, RandomGenerator draws) {
        var parent = Samples.negations();
        var mutation = new GraphMutation(new RandomGraphs(Samples.space(draw)));
        var counts = new long[UNCHANGED + 1];
        for (int n = 0; n < MUTANTS; n++) {
            var mutant = mutation.mutate(parent, draws);
            var changed = changed(parent, mutant);
            assertThat(changed).hasSizeLessThan(2);
            counts[changed.isEmpty()
                    ? UNCHANGED
                    : 24 * changed.getFirst() + mutant.nodes().get(changed.getFirst()).op().code()]++;
        }
        return counts;
    }

    private static List<Integer> changed(LayerGraph parent, LayerGraph mutant) {
        return IntStream.range(0, 10).filter(i -> !parent.nodes().get(i).equals(mutant.nodes().get(i))).boxed()
                .toList();
    }

    @Test
    void newInputsAreUniformAmongEarlierNodes() {
        for (boolean planted : new boolean[]{false, true}) {
            var draws = new Draws(6, 0);
            RandomGenerator used = planted ? ChiSquare.offByOne(draws) : draws;
            var mutation = new GraphMutation(new RandomGraphs(Samples.space(Draw.ROWS)));
            var first = new long[LayerGraph.INPUTS + 5];
            var second = new long[LayerGraph.INPUTS + 5];
            for (int n = 0; n < MUTANTS; n++) {
                var node = mutation.mutate(Samples.negations(), used).nodes().get(5);
                if (node.op().arity() == 2) {
                    first[node.inputs().getFirst()]++;
                    second[node.inputs().getLast()]++;
                }
            }
            assertThat(ChiSquare.rejects(first, ChiSquare.uniform(first.length))).isEqualTo(planted);
            assertThat(ChiSquare.rejects(second, ChiSquare.uniform(second.length))).isEqualTo(planted);
        }
    }
}
