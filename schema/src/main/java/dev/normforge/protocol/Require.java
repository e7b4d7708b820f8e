package dev.normforge.protocol;

import org.jspecify.annotations.Nullable;

/** Checks of constructor arguments, so that every refusal names the field, the value and what was expected. */
final class Require {

    private Require() {
    }

    static void that(boolean holds, String field, @Nullable Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("%s is %s, expected %s".formatted(field, value, expected));
        }
    }

    static void within(String field, double value, double low, double high) {
        that(value >= low && value <= high, field, value, "%s to %s".formatted(low, high));
    }

    static void within(String field, int value, int low, int high) {
        that(value >= low && value <= high, field, value, "%d to %d".formatted(low, high));
    }
}
