package dev.normforge.evolution;

import dev.normforge.graph.LayerGraph;
import io.jenetics.Chromosome;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;

/** A layer graph as a Jenetics chromosome: gene i is node {@code INPUTS + i}. */
record GraphChromosome(LayerGraph graph, RandomGraphs graphs) implements Chromosome<GraphGene> {

    @Override
    public GraphGene get(int i) {
        return new GraphGene(graph.nodes().get(i), LayerGraph.INPUTS + i, graphs);
    }

    @Override
    public int length() {
        return graph.nodes().size();
    }

    @Override
    public GraphChromosome newInstance(ISeq<GraphGene> genes) {
        return new GraphChromosome(new LayerGraph(genes.map(GraphGene::allele).asList()), graphs);
    }

    /** A random graph, drawn from {@link RandomRegistry#random()}. */
    @Override
    public GraphChromosome newInstance() {
        return new GraphChromosome(graphs.graph(RandomRegistry.random()), graphs);
    }
}
