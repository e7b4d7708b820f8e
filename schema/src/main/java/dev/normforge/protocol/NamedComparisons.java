package dev.normforge.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The comparisons that come with the program, as resources {@code comparisons/NAME.json}. */
public final class NamedComparisons {

    private static final List<String> NAMES = List.of("batch-size", "weight-standardization", "batch-channel",
            "moving-or-precise", "normalization-batch", "frozen", "precise-images", "class-sorted", "other-domain",
            "survey");

    private NamedComparisons() {
    }

    public static List<String> names() {
        return NAMES;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static ComparisonSpec read(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "comparison is \"%s\", expected one of %s".formatted(name, String.join(", ", NAMES)));
        }
        try (var in = NamedComparisons.class.getResourceAsStream("/comparisons/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("comparison " + name + " is not among the resources");
            }
            return ProtocolJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), ComparisonSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException("comparison " + name + " cannot be read", e);
        }
    }
}
