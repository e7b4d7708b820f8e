package dev.normforge.evolution;

import dev.normforge.graph.IndexSet;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Primitive;
import dev.normforge.protocol.SearchSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws whole graphs and single nodes (EvoNorms, random graph generation): node by node an operation, then each of its
 * inputs uniformly among the nodes that exist, the same one twice allowed.
 *
 * <p>Draws, in order: one bounded int for the operation (ROWS: one more for the index set of an aggregation), one for
 * each input.
 */
public final class RandomGraphs {

    private static final int ELEMENTWISE = 12;
    private static final int ROWS = 15;

    private final SearchSpec.Space space;

    public RandomGraphs(SearchSpec.Space space) {
        this.space = space;
    }

    public LayerGraph graph(RandomGenerator draws) {
        var nodes = new ArrayList<Node>(space.operations());
        for (int i = 0; i < space.operations(); i++) {
            nodes.add(node(LayerGraph.INPUTS + i, draws));
        }
        return new LayerGraph(nodes);
    }

    /** A node to stand at {@code index}, which may read every smaller index. */
    Node node(int index, RandomGenerator draws) {
        var op = operation(draws);
        int first = draws.nextInt(index);
        return new Node(op, op.arity() == 1 ? List.of(first) : List.of(first, draws.nextInt(index)));
    }

    private Primitive operation(RandomGenerator draws) {
        var all = Primitive.all();
        return switch (space.draw()) {
            case OPERATIONS -> all.get(draws.nextInt(all.size()));
            case ROWS -> {
                int row = draws.nextInt(ROWS);
                int sets = IndexSet.values().length;
                yield row < ELEMENTWISE
                        ? all.get(row)
                        : all.get(ELEMENTWISE + sets * (row - ELEMENTWISE) + draws.nextInt(sets));
            }
        };
    }
}
