package dev.normforge.screening;

import dev.normforge.graph.Numerics;
import dev.normforge.protocol.SearchSpec;

/** How many layers a second one core screens: what {@code bench screening} prints. Takes about half a minute. */
public final class ScreeningBench {

    /**
     * Graphs or layers a second on one thread, after warming up.
     *
     * @param staticPerSecond random graphs through simplification, static rules and hash (100,000 of them)
     * @param probePerSecond distinct layers through the numeric probe (10,000)
     * @param stackPerSecond distinct layers through the stack probe (1,000)
     */
    public record Rates(double staticPerSecond, double probePerSecond, double stackPerSecond) {
    }

    private ScreeningBench() {
    }

    public static Rates measure(SearchSpec.Space space, Numerics numerics, long seed) {
        throw new UnsupportedOperationException("not yet " + space + numerics + seed);
    }
}
