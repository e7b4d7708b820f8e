package dev.normforge.protocol;

import java.util.List;

/** The comparisons that come with the program, as resources {@code comparisons/NAME.json}. */
public final class NamedComparisons {

    private static final Resources<ComparisonSpec> ALL = new Resources<>("comparisons", "comparison",
            ComparisonSpec.class,
            List.of("batch-size", "weight-standardization", "batch-channel", "moving-or-precise", "normalization-batch",
                    "frozen", "precise-images", "class-sorted", "other-domain", "survey"));

    private NamedComparisons() {
    }

    public static List<String> names() {
        return ALL.names();
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static ComparisonSpec read(String name) {
        return ALL.read(name);
    }
}
