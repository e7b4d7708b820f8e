package dev.normforge.web;

import dev.normforge.report.SearchView;
import dev.normforge.search.Intent;
import org.jspecify.annotations.Nullable;

/**
 * Whether a search or a comparison can still follow an operator's order.
 *
 * @param kind the word for it
 */
record Standing(String kind, String phase, String intent, @Nullable String ending) {

    static Standing of(SearchView search) {
        return new Standing("search", search.phase(), search.intent(), search.ending());
    }

    static Standing of(ComparisonView comparison) {
        var ending = comparison.ending();
        return new Standing("comparison", comparison.phase(), comparison.intent().name(),
                ending == null ? null : ending.name());
    }

    /**
     * Repeating an order is harmless; one that comes too late is a conflict.
     *
     * @return whether there is anything left to do
     */
    boolean follows(Intent order) {
        if (ending != null) {
            if (order == Intent.CANCEL && ending.equals("CANCELLED")) {
                return false;
            }
            throw Refusal.conflict("phase", phase, "a %s that has not finished".formatted(kind));
        }
        if (order != Intent.CANCEL && intent.equals("CANCEL")) {
            throw Refusal.conflict("intent", intent, "a %s that is not being cancelled".formatted(kind));
        }
        return true;
    }
}
