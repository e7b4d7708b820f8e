package dev.normforge.protocol;

import java.util.List;

/** The searches that come with the program, as resources {@code presets/NAME.json}. */
public final class Presets {

    private static final Resources<SearchSpec> ALL = new Resources<>("presets", "preset", SearchSpec.class,
            List.of("laptop", "smoke", "micro-batch", "paper-b", "paper-s"));

    private Presets() {
    }

    /** All names, the default first. */
    public static List<String> names() {
        return ALL.names();
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static SearchSpec read(String name) {
        return ALL.read(name);
    }
}
