package dev.normforge.evolution;

import dev.normforge.graph.LayerGraph;
import dev.normforge.protocol.SearchSpec;
import java.util.function.Predicate;

/** {@code propose(birth, window)} depends on specification, seed, birth, window and known phenotypes alone: what replay replays. */
public final class Evolution {

    /** Version of this code: replay refuses another. */
    public static final int VERSION = 1;

    private final SearchSpec.Space space;
    private final SearchSpec.Strategy strategy;
    private final long seed;

    public Evolution(SearchSpec.Space space, SearchSpec.Strategy strategy, long seed) {
        this.space = space;
        this.strategy = strategy;
        this.seed = seed;
    }

    /** @param known whether an earlier birth of this search has this graph's phenotype */
    public Proposal propose(int birth, Window window, Predicate<LayerGraph> known) {
        throw new UnsupportedOperationException("not yet " + space + strategy + seed + birth + window + known);
    }
}
