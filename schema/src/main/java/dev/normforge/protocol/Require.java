package dev.normforge.protocol;

import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.StrictJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of constructor arguments, so that every refusal names the field, the value and what was expected. */
final class Require {

    private Require() {
    }

    static void that(boolean holds, String field, @Nullable Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s, expected %s".formatted(field, StrictJson.cut(String.valueOf(value)), expected));
        }
    }

    static void within(String field, double value, double low, double high) {
        that(value >= low && value <= high, field, value, "%s to %s".formatted(low, high));
    }

    static void within(String field, int value, int low, int high) {
        that(value >= low && value <= high, field, value, "%d to %d".formatted(low, high));
    }

    /** Names of layers that exist, each once. */
    static List<String> namedLayers(String field, List<String> names) {
        for (var name : names) {
            that(NamedLayers.find(name).isPresent(), field, '"' + name + '"',
                    "names among " + String.join(", ", NamedLayers.names()));
        }
        that(names.stream().distinct().count() == names.size(), field, names, "each name once");
        return List.copyOf(names);
    }
}
