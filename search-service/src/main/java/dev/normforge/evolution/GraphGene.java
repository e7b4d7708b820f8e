package dev.normforge.evolution;

import dev.normforge.graph.Node;
import io.jenetics.Gene;
import io.jenetics.util.RandomRegistry;

/**
 * One operation of a layer as a Jenetics gene.
 *
 * @param allele the operation
 * @param index its node index: it may read smaller ones
 * @param graphs how another operation is drawn
 */
record GraphGene(Node allele, int index, RandomGraphs graphs) implements Gene<Node, GraphGene> {

    @Override
    public GraphGene newInstance() {
        return newInstance(graphs.node(index, RandomRegistry.random()));
    }

    @Override
    public GraphGene newInstance(Node other) {
        return new GraphGene(other, index, graphs);
    }

    @Override
    public boolean isValid() {
        return allele.inputs().stream().allMatch(input -> input >= 0 && input < index);
    }
}
