package dev.normforge.screening;

import dev.normforge.evolution.Draws;
import dev.normforge.evolution.Evolution;
import dev.normforge.evolution.Member;
import dev.normforge.evolution.Window;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SearchSpec;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;

/**
 * Layers as a search proposes them, but for scores that are drawn by lot: mutants of mutants of what screening lets
 * through, by the search's own evolution.
 */
final class DriftingLayers implements Iterator<LayerGraph> {

    private final Evolution evolution;
    private final Screening screening;
    private final Simplifier simplifier;
    private final ProxySpec proxy;
    private final long seed;
    private final Set<PhenotypeHash> trained = new HashSet<>();
    private Window window;
    private int births;

    DriftingLayers(SearchSpec spec) {
        evolution = new Evolution(spec.space(), spec.strategy(), spec.seed());
        screening = new Screening(spec.space(), spec.screen(), spec.proxy().numerics());
        simplifier = new Simplifier(spec.proxy().numerics());
        proxy = spec.proxy();
        seed = spec.seed();
        window = Window.empty(spec.strategy().window());
    }

    /** The first {@code births} proposals. */
    static Stream<LayerGraph> of(SearchSpec spec, int births) {
        var layers = new DriftingLayers(spec);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(layers, Spliterator.ORDERED), false)
                .limit(births);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public LayerGraph next() {
        var proposal = evolution.propose(births++, window,
                graph -> trained.contains(PhenotypeHash.of(simplifier.simplify(graph), proxy.numerics())));
        if (screening.screen(proposal.graph()) instanceof Verdict.Passed(var subject) && trained.add(subject.hash())) {
            var lots = new Draws(~seed, proposal.birth());
            window = window.after(new Member(proposal.birth(), proposal.graph(),
                    proxy.anchors().stream().map(_ -> lots.nextDouble()).toList()));
        }
        return proposal.graph();
    }
}
