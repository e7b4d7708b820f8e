package dev.normforge.evolution;

import dev.normforge.graph.LayerGraph;
import java.util.random.RandomGenerator;

/**
 * One mutation (EvoNorms, evolution): a node uniform among the operations gets a new operation, drawn as in a random
 * graph, and new inputs uniform among the earlier nodes; whoever reads the node goes on reading it.
 *
 * <p>The paper does not say whether the old operation may be drawn again. Here it may: excluding it would forbid changing
 * the inputs alone. So may the old inputs, and one mutant in a few hundred equals its parent.
 */
final class GraphMutation {

    private final RandomGraphs graphs;

    GraphMutation(RandomGraphs graphs) {
        this.graphs = graphs;
    }

    LayerGraph mutate(LayerGraph parent, RandomGenerator draws) {
        int index = LayerGraph.INPUTS + draws.nextInt(parent.nodes().size());
        return parent.with(index, graphs.node(index, draws));
    }
}
