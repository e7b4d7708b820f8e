package dev.normforge.search;

import dev.normforge.evolution.Evolution;
import dev.normforge.graph.Simplifier;
import org.jspecify.annotations.Nullable;

/** The versions of the code that a search was made by: another one would propose other layers. */
final class Versions {

    private Versions() {
    }

    /** Why this program cannot go on with such a search, in words; null where it can. */
    static @Nullable String difference(int evolution, int simplifier) {
        return evolution == Evolution.VERSION && simplifier == Simplifier.VERSION
                ? null
                : "made by versions %d of evolution and %d of the simplifier, this program has %d and %d".formatted(
                        evolution, simplifier, Evolution.VERSION, Simplifier.VERSION);
    }
}
