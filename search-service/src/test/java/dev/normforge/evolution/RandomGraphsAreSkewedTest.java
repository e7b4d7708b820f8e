package dev.normforge.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Primitive;
import dev.normforge.protocol.SearchSpec.Space.Draw;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomGraphsAreSkewedTest {

    private static final int GRAPHS = 400_000;

    /** The stated distribution, written down a second time. */
    static double probability(Primitive op, Draw draw) {
        return switch (draw) {
            case OPERATIONS -> 1.0 / 24;
            case ROWS -> switch (op) {
                case Elementwise _ -> 1.0 / 15;
                case Aggregation _ -> 1.0 / 60;
            };
        };
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationWithAllItsInputsComesAsOftenAsStated(Draw draw) {
        for (int index : new int[]{LayerGraph.INPUTS, 7, LayerGraph.INPUTS + 9}) {
            var probabilities = new double[24 * index * index];
            for (var op : Primitive.all()) {
                for (int first = 0; first < index; first++) {
                    for (int second = 0; second < (op.arity() == 1 ? 1 : index); second++) {
                        probabilities[(op.code() * index + first) * index + second] = probability(op, draw)
                                / Math.pow(index, op.arity());
                    }
                }
            }
            int at = index;
            var graphs = new RandomGraphs(Samples.space(draw));
            assertThat(ChiSquare.rejects(count(graphs, at, new Draws(3, index)), probabilities)).isFalse();
            assertThat(ChiSquare.rejects(count(graphs, at, ChiSquare.offByOne(new Draws(3, index))), probabilities))
                    .isTrue();
        }
    }

    private static long[] count(RandomGraphs graphs, int index, RandomGenerator draws) {
        var counts = new long[24 * index * index];
        for (int i = 0; i < GRAPHS; i++) {
            counts[cell(graphs.node(index, draws), index)]++;
        }
        return counts;
    }

    private static int cell(Node node, int index) {
        int second = node.op().arity() == 1 ? 0 : node.inputs().get(1);
        return (node.op().code() * index + node.inputs().getFirst()) * index + second;
    }

    /** Each node of a whole graph: its operation, and its first input. */
    @ParameterizedTest
    @EnumSource
    void everyNodeOfAGraphIsDrawnAlike(Draw draw) {
        var graphs = new RandomGraphs(Samples.space(draw));
        var draws = new Draws(4, 0);
        var operations = new long[10][24];
        var inputs = new long[10][];
        for (int i = 0; i < 10; i++) {
            inputs[i] = new long[LayerGraph.INPUTS + i];
        }
        for (int n = 0; n < 20_000; n++) {
            var graph = graphs.graph(draws);
            for (int i = 0; i < 10; i++) {
                operations[i][graph.nodes().get(i).op().code()]++;
                inputs[i][graph.nodes().get(i).inputs().getLast()]++;
            }
        }

        var stated = Primitive.all().stream().mapToDouble(op -> probability(op, draw)).toArray();
        for (int i = 0; i < 10; i++) {
            assertThat(ChiSquare.rejects(operations[i], stated)).as("operation of n%d", i + 1).isFalse();
            assertThat(ChiSquare.rejects(inputs[i], ChiSquare.uniform(LayerGraph.INPUTS + i))).as("input of n%d", i + 1)
                    .isFalse();
        }
    }
}
