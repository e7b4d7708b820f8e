package dev.normforge.comparison.score;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One value for each dimension that varies: a column of a table.
 *
 * @param values outermost first; empty where nothing varies
 */
public record Setting(Map<Dimension, String> values) {

    public Setting {
        var copy = new EnumMap<Dimension, String>(Dimension.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** @throws NullPointerException if the dimension does not vary */
    public String value(Dimension dimension) {
        return Objects.requireNonNull(values.get(dimension), dimension.title());
    }

    /** The other conditions. */
    public Setting without(Dimension dimension) {
        var others = new EnumMap<Dimension, String>(Dimension.class);
        others.putAll(values);
        others.remove(dimension);
        return new Setting(others);
    }

    /** The same with one value more, or another one. */
    public Setting with(Dimension dimension, String value) {
        var others = new EnumMap<Dimension, String>(Dimension.class);
        others.putAll(values);
        others.put(dimension, value);
        return new Setting(others);
    }

    /** For example {@code batch 32, statistics precise-1024}; empty where nothing varies. */
    public String words() {
        return values.entrySet().stream().map(entry -> entry.getKey().words(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
