package dev.normforge.web;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a list.
 *
 * @param items in the list's order
 * @param next what to pass as cursor for the following stretch; null at the end
 */
record Page<T>(List<T> items, @Nullable Long next) {

    static final int LARGEST = 1000;

    Page {
        items = List.copyOf(items);
    }

    /** @param found one more than {@code size} where there are more */
    static <T> Page<T> of(List<T> found, int size, ToLongFunction<T> cursor) {
        return found.size() <= size
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, size), cursor.applyAsLong(found.get(size - 1)));
    }

    /** A page size within bounds. */
    static int size(int asked) {
        if (asked < 1 || asked > LARGEST) {
            throw Refusal.badField("size", asked, "1 to " + LARGEST);
        }
        return asked;
    }
}
