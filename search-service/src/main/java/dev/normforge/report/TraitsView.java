package dev.normforge.report;

import dev.normforge.graph.Trait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What survives: how frequent operations, moments, index sets and aggregations are among some layers against others.
 *
 * @param among whose shares are compared
 * @param layers how many these are
 * @param against with whose
 * @param baseLayers how many those are
 * @param traits greatest lift first; at the end those that no layer of the base has
 */
public record TraitsView(Population among, long layers, Population against, long baseLayers, List<Row> traits) {

    public TraitsView {
        traits = List.copyOf(traits);
    }

    /**
     * One trait, counted once a layer, on nodes that its output depends on.
     *
     * @param name as in formulas
     * @param count layers among these that have it
     * @param share of these, with Wilson's 95 % interval; null where there are none
     * @param baseCount layers of the base that have it
     * @param baseShare of the base; null where that is empty
     * @param lift share by share of the base, the interval's ends too; null where no layer of the base has it, or none is
     *        compared
     */
    public record Row(Trait.Kind kind, String name, long count, @Nullable Interval share, long baseCount,
            @Nullable Double baseShare, @Nullable Interval lift) {
    }
}
