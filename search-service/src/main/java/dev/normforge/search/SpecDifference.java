package dev.normforge.search;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where two specifications differ first, in words. */
final class SpecDifference {

    private static final JsonMapper JSON = new JsonMapper();

    private SpecDifference() {
    }

    /**
     * @param stored may have been written by an older program: a field that it lacks is null
     * @return for example {@code seed 1, not 2}; null where they are the same
     */
    static @Nullable String first(String stored, String wanted) {
        return first("", JSON.readTree(stored), JSON.readTree(wanted));
    }

    private static @Nullable String first(String path, JsonNode stored, JsonNode wanted) {
        if (stored.isObject() && wanted.isObject()) {
            var names = new TreeSet<>(stored.propertyNames());
            names.addAll(wanted.propertyNames());
            for (var name : names) {
                var inside = first(path.isEmpty() ? name : path + "." + name, stored.path(name), wanted.path(name));
                if (inside != null) {
                    return inside;
                }
            }
            return null;
        }
        if (stored.isArray() && wanted.isArray() && stored.size() == wanted.size()) {
            for (int i = 0; i < stored.size(); i++) {
                var inside = first("%s[%d]".formatted(path, i), stored.path(i), wanted.path(i));
                if (inside != null) {
                    return inside;
                }
            }
            return null;
        }
        return same(stored, wanted) ? null : "%s %s, not %s".formatted(path, shown(stored), shown(wanted));
    }

    private static String shown(JsonNode value) {
        return absent(value) ? "null" : value.toString();
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** The database writes numbers its own way: 10 for 10.0. */
    static boolean same(JsonNode stored, JsonNode wanted) {
        if (absent(stored) || absent(wanted)) {
            return absent(stored) && absent(wanted);
        }
        return stored.isNumber() && wanted.isNumber()
                ? stored.decimalValue().compareTo(wanted.decimalValue()) == 0
                : stored.equals(wanted);
    }
}
