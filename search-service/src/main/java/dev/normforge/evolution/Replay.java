package dev.normforge.evolution;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.SearchSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proposes every birth of a search once more, from its specification and its arrivals, and compares. The pure part of
 * the {@code replay} command: rows come from whoever reads them.
 */
public final class Replay {

    /**
     * A stored proposal.
     *
     * @param seen arrivals 1 to {@code seen} were visible to it, no others
     * @param parent birth of its parent, null for a fresh graph
     * @param recorded whether its phenotype was stored, so that later births know it
     */
    public record Born(int birth, int seen, LayerGraph graph, @Nullable Integer parent, boolean recorded) {
    }

    /**
     * A stored arrival.
     *
     * @param ordinal dense, from 1
     * @param accuracies per anchor, null where the layer did not enter the window
     */
    public record Arrived(int ordinal, int birth, @Nullable List<Double> accuracies) {
    }

    /** The first proposal that comes out otherwise, in words. */
    public record Difference(int birth, String what) {
    }

    private final SearchSpec spec;
    private final Evolution evolution;
    private final Simplifier simplifier;
    private final Map<Integer, LayerGraph> graphs = new HashMap<>();
    private final Set<PhenotypeHash> known = new HashSet<>();
    private Window window;
    private int seen;

    private Replay(SearchSpec spec) {
        this.spec = spec;
        this.evolution = new Evolution(spec.space(), spec.strategy(), spec.seed());
        this.simplifier = new Simplifier(spec.proxy().numerics());
        this.window = Window.empty(spec.strategy().window());
    }

    /**
     * @param births all of them, in order of birth, from 0
     * @param arrivals all of them, in order of their ordinals, from 1
     * @return the first difference; empty where every proposal comes out as stored
     */
    public static Optional<Difference> firstDifference(SearchSpec spec, List<Born> births, List<Arrived> arrivals) {
        var replay = new Replay(spec);
        for (int birth = 0; birth < births.size(); birth++) {
            var difference = replay.next(birth, births.get(birth), arrivals);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Optional<Difference> next(int birth, Born stored, List<Arrived> arrivals) {
        if (stored.birth() != birth) {
            return difference(birth, "birth %d is missing, the next stored one is %d", birth, stored.birth());
        }
        if (stored.seen() < seen || stored.seen() > arrivals.size()) {
            return difference(birth, "saw %d arrivals, expected %d to %d", stored.seen(), seen, arrivals.size());
        }
        for (; seen < stored.seen(); seen++) {
            var arrival = arrivals.get(seen);
            var graph = graphs.get(arrival.birth());
            if (arrival.ordinal() != seen + 1 || graph == null) {
                return difference(birth, "arrival %d is that of birth %d, expected ordinal %d and an earlier birth",
                        arrival.ordinal(), arrival.birth(), seen + 1);
            }
            if (arrival.accuracies() != null) {
                window = window.after(new Member(arrival.birth(), graph, arrival.accuracies()));
            }
        }
        var again = evolution.propose(birth, window, graph -> known.contains(hash(graph)));
        var parent = again.origin() instanceof Proposal.Origin.Mutation(int of, int _) ? (Integer) of : null;
        if (!Objects.equals(parent, stored.parent())) {
            return difference(birth, "parent is %s, replay finds %s", stored.parent(), parent);
        }
        if (!again.graph().equals(stored.graph())) {
            return difference(birth, "graph is %s, replay finds %s", stored.graph().nodes(), again.graph().nodes());
        }
        graphs.put(birth, stored.graph());
        if (stored.recorded()) {
            known.add(hash(stored.graph()));
        }
        return Optional.empty();
    }

    private PhenotypeHash hash(LayerGraph graph) {
        return PhenotypeHash.of(simplifier.simplify(graph), spec.proxy().numerics());
    }

    private static Optional<Difference> difference(int birth, String what, @Nullable Object... values) {
        return Optional.of(new Difference(birth, what.formatted(values)));
    }
}
