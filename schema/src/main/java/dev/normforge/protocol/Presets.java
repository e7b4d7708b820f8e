package dev.normforge.protocol;

import java.util.List;

/** The searches that come with the program, as resources {@code presets/NAME.json}. */
public final class Presets {

    private Presets() {
    }

    /** All names, the default first. */
    public static List<String> names() {
        return List.of("laptop", "smoke", "micro-batch", "paper-b", "paper-s");
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static SearchSpec read(String name) {
        throw new UnsupportedOperationException("not yet " + name);
    }
}
