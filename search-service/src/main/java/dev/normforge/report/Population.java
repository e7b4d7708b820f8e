package dev.normforge.report;

/** Sets of a search's layers that can be compared by what they consist of. */
public enum Population {
    /** Every birth, also those screened out before training. */
    PROPOSED,
    /** Trained with a result of their own, scored or rejected: what screening let through and is no copy. */
    TRAINED,
    /** Trained to the end: scored. */
    SURVIVED,
    /** The best tenth of these by mean accuracy, at most {@value TraitReading#MOST_BEST}. */
    BEST,
    /** On the Pareto front now. */
    FRONT
}
