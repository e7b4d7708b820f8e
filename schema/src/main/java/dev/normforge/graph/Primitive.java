package dev.normforge.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * One operation of the search space: 12 element-wise ones and 3 moments over 4 index sets (EvoNorms, primitive table).
 * The 24 codes are part of every stored genotype: append, never renumber.
 */
public sealed interface Primitive permits Elementwise, Aggregation {

    /** The stable number of this operation in a packed genotype, 0 to 23. */
    int code();

    /** How many inputs it takes, 1 or 2. */
    int arity();

    /** Its name in a layer file, for example {@code add} or {@code std}. */
    String op();

    /** All 24 operations in code order. */
    static List<Primitive> all() {
        return Table.ALL;
    }

    /** Holds the table, so that it is built once. */
    final class Table {
        private static final List<Primitive> ALL = build();

        private Table() {
        }

        private static List<Primitive> build() {
            var all = new ArrayList<Primitive>(List.of(Elementwise.values()));
            for (var moment : Moment.values()) {
                for (var over : IndexSet.values()) {
                    all.add(new Aggregation(moment, over));
                }
            }
            return List.copyOf(all);
        }
    }
}
