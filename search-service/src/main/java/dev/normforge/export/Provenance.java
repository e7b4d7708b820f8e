package dev.normforge.export;

/** Where a layer comes from. */
public sealed interface Provenance {

    /**
     * It comes with the program.
     *
     * @param layer its name there
     * @param source where it was published
     */
    record Published(String layer, String source) implements Provenance {
    }

    /** It came as a graph, without a word about it. */
    record Unknown() implements Provenance {
    }

    /** A search has proposed it. */
    record Searched(Found found) implements Provenance {
    }
}
