package dev.normforge.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many relatives a proposal has.
 *
 * @param children births that mutated it
 * @param siblings other births that mutated its parent
 * @param samePhenotype other births of the search that compute the same
 * @param sameBehaviour births of another phenotype that do the same at initialisation, at most {@value KinRows#MOST_COUNTED}
 * @param searchesWithPhenotype other searches in which it was proposed
 */
record KinView(long children, long siblings, long samePhenotype, long sameBehaviour, long searchesWithPhenotype) {

    /** @param change one line a node, for example {@code n3: max(n1, zero) → tanh(n2)}; empty where the mutant equals it */
    record Child(CandidateView candidate, List<String> change) {
        Child {
            change = List.copyOf(change);
        }
    }

    /**
     * Another search that proposed the layer.
     *
     * @param data {@code cifar10} or {@code synthetic}
     * @param births how often
     * @param firstBirth the oldest of these
     * @param scores pooled counts per anchor of the youngest that was scored
     */
    record Elsewhere(long id, String search, String data, long births, int firstBirth,
            CandidateView.@Nullable Scores scores) {
    }
}
