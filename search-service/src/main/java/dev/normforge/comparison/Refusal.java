package dev.normforge.comparison;

import dev.normforge.graph.StrictJson;
import java.util.List;

/** Refusals of specifications: the field, the value, what was expected and why. */
final class Refusal {

    private static final int SHOWN = 6;

    private Refusal() {
    }

    /** @throws IllegalArgumentException unless it holds */
    static void unless(boolean holds, String field, Object value, String expected) {
        if (!holds) {
            throw of(field, value, expected);
        }
    }

    static IllegalArgumentException of(String field, Object value, String expected) {
        return new IllegalArgumentException(
                "%s is %s, expected %s".formatted(field, StrictJson.cut(String.valueOf(value)), expected));
    }

    /** The first few names of a list that may have thousands. */
    static String names(List<String> all) {
        var first = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() <= SHOWN ? first : "%s and %d more".formatted(first, all.size() - SHOWN);
    }
}
