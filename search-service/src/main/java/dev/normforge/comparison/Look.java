package dev.normforge.comparison;

import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.Grid;
import dev.normforge.protocol.Corruption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a trained network, besides the statistics that it is evaluated with.
 *
 * @param corruption of the scored images; null for none
 * @param adapted whether statistics are measured on the scored images themselves
 */
record Look(@Nullable Corruption corruption, boolean adapted) {

    /** All that make sense with these statistics, in the order of the grid: only what is precise can be measured elsewhere. */
    static List<Look> all(ComparisonSpec spec, BatchStatistics statistics) {
        var all = new ArrayList<Look>();
        for (var name : corruptions(spec)) {
            var corruption = Corruption.find(name).orElse(null);
            all.add(new Look(corruption, false));
            if (spec.grid().adapt() && corruption != null && statistics instanceof BatchStatistics.Precise) {
                all.add(new Look(corruption, true));
            }
        }
        return all;
    }

    static List<String> corruptions(ComparisonSpec spec) {
        return spec.grid().corruptions().isEmpty() ? List.of(Grid.NONE) : spec.grid().corruptions();
    }

    String corruptionLabel() {
        return corruption == null ? Grid.NONE : corruption.label();
    }
}
