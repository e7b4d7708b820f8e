package dev.normforge.comparison.score;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One value for each condition that varies: a column of a table.
 *
 * @param values outermost first; empty where nothing varies
 */
public record Setting(Map<Condition, String> values) {

    public Setting {
        var copy = new EnumMap<Condition, String>(Condition.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** @throws NullPointerException if the condition does not vary */
    public String value(Condition condition) {
        return Objects.requireNonNull(values.get(condition), condition.title());
    }

    /** The other conditions. */
    public Setting without(Condition condition) {
        var others = new EnumMap<Condition, String>(Condition.class);
        others.putAll(values);
        others.remove(condition);
        return new Setting(others);
    }

    /** The same with one value more, or another one. */
    public Setting with(Condition condition, String value) {
        var others = new EnumMap<Condition, String>(Condition.class);
        others.putAll(values);
        others.put(condition, value);
        return new Setting(others);
    }

    /** For example {@code batch 32, statistics precise-1024}; empty where nothing varies. */
    public String words() {
        return values.entrySet().stream().map(entry -> entry.getKey().words(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
