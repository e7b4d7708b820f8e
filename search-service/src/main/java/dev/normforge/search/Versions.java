package dev.normforge.search;

import dev.normforge.comparison.ComparisonPlan;
import dev.normforge.evolution.Evolution;
import dev.normforge.graph.Simplifier;
import org.jspecify.annotations.Nullable;

/** The versions of the code that a search was made by: another one would propose other layers, or plan other trainings. */
final class Versions {

    private Versions() {
    }

    /** This program's, as its column holds it: a comparison's has a minus, so that it is never taken for a search's. */
    static int evolution(Kind kind) {
        return switch (kind) {
            case SEARCH -> Evolution.VERSION;
            case COMPARISON -> -ComparisonPlan.VERSION;
        };
    }

    /** Why this program cannot go on with such a search or comparison, in words; null where it can. */
    static @Nullable String difference(Kind kind, int evolution, int simplifier) {
        if (evolution == evolution(kind) && simplifier == Simplifier.VERSION) {
            return null;
        }
        var code = switch (kind) {
            case SEARCH -> "evolution";
            case COMPARISON -> "the plan";
        };
        return "made by versions %d of %s and %d of the simplifier, this program has %d and %d".formatted(
                Math.abs(evolution), code, simplifier, Math.abs(evolution(kind)), Simplifier.VERSION);
    }
}
