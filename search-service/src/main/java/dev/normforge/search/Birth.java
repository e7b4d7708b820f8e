package dev.normforge.search;

import dev.normforge.evolution.Proposal;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.screening.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A proposal and what became of it: a function of specification, seed, arrivals 1 to {@code seen} and earlier births.
 *
 * @param subject what screening found
 */
record Birth(Proposal proposal, int seen, Verdict.Subject subject, Decision decision) {

    int number() {
        return proposal.birth();
    }

    @Nullable
    Integer parent() {
        return switch (proposal.origin()) {
            case Proposal.Origin.Fresh() -> null;
            case Proposal.Origin.Mutation(int parent, int _) -> parent;
        };
    }

    Known known() {
        return new Known(number(), proposal.graph(), subject.hash(), subject.initialBehaviour(), decision.fate(),
                decision.audited(), decision instanceof Decision.Train(int replicate, var _, var _) ? replicate : 0);
    }

    /**
     * The part of a birth that later proposals depend on.
     *
     * @param replicate its seed's place in the common list; 0 unless it was ordered to be trained
     */
    record Known(int birth, LayerGraph graph, PhenotypeHash phenotype, @Nullable String behaviour, Decision.Fate fate,
            boolean audited, int replicate) {
    }
}
