package dev.normforge.search;

import org.jspecify.annotations.Nullable;

/** What becomes of a proposal. */
sealed interface Decision {

    /**
     * It is trained.
     *
     * @param replicate its seed's place in the common list: the first that no other order of this phenotype holds
     * @param audit whether it is trained on past a gate that rejects it
     * @param stabilityFloor first anchor's accuracy from which the remaining ascent steps run; null for always
     */
    record Train(int replicate, boolean audit, @Nullable Double stabilityFloor) implements Decision {
    }

    /**
     * Its phenotype was measured often enough: it takes the result at no cost.
     *
     * @param evaluation the last one that told something about the phenotype
     * @param source how that one ended: SCORED, REJECTED or FAILED
     * @param pooled counts so far; null where the phenotype was never scored
     */
    record Inherit(long evaluation, Arrival.Source source, @Nullable Counts pooled) implements Decision {
    }

    /**
     * It is refused.
     *
     * @param stage STATIC, PROBE, STACK or SEEN
     * @param value what the rule measured, null where it measured nothing
     * @param audit whether it is trained all the same, to measure false refusals
     */
    record Refuse(String stage, String rule, @Nullable Double value, boolean audit) implements Decision {
    }

    default Fate fate() {
        return switch (this) {
            case Train _ -> Fate.EVALUATED;
            case Inherit _ -> Fate.INHERITED;
            case Refuse _ -> Fate.SCREENED;
        };
    }

    default boolean audited() {
        return switch (this) {
            case Train(int _, boolean audit, var _) -> audit;
            case Refuse(var _, var _, var _, boolean audit) -> audit;
            case Inherit _ -> false;
        };
    }

    /** A birth's end as its row stores it. */
    enum Fate {
        EVALUATED, INHERITED, SCREENED
    }
}
