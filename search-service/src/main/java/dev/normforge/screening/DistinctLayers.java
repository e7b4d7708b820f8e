package dev.normforge.screening;

import dev.normforge.evolution.Draws;
import dev.normforge.evolution.RandomGraphs;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.protocol.SearchSpec;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Layers that the static rules let through, each phenotype once. */
final class DistinctLayers {

    private static final long MOST_DRAWN = 2_000_000;

    record Layer(LayerGraph graph, Verdict.Subject subject) {
    }

    private DistinctLayers() {
    }

    /** Random ones, in the order in which they are drawn; ends after {@value #MOST_DRAWN} random graphs. */
    static Stream<Layer> of(Screening screening, SearchSpec.Space space, long seed) {
        return among(random(space, seed), screening, new HashSet<>());
    }

    /** Random graphs of a seed, {@value #MOST_DRAWN} of them. */
    static Stream<LayerGraph> random(SearchSpec.Space space, long seed) {
        var graphs = new RandomGraphs(space);
        return LongStream.range(0, MOST_DRAWN).mapToObj(i -> graphs.graph(new Draws(seed, i)));
    }

    /** @param seen phenotypes to leave out; grows */
    static Stream<Layer> among(Stream<LayerGraph> graphs, Screening screening, Set<PhenotypeHash> seen) {
        return graphs.mapMulti((graph, next) -> {
            if (screening.byRules(graph) instanceof Verdict.Passed(var subject) && seen.add(subject.hash())) {
                next.accept(new Layer(graph, subject));
            }
        });
    }
}
