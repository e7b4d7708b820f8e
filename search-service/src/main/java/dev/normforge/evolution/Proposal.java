package dev.normforge.evolution;

import dev.normforge.graph.LayerGraph;

/**
 * A proposed layer.
 *
 * @param origin where it came from
 * @param coin uniform in [0, 1), from the birth's own generator: decides about an audit
 */
public record Proposal(int birth, LayerGraph graph, Origin origin, double coin) {

    /** A new random graph, or a mutant of a tournament's winner (mutated once, or again while its phenotype is known). */
    public sealed interface Origin {
        record Fresh() implements Origin {
        }

        record Mutation(int parent, int mutations) implements Origin {
        }
    }
}
