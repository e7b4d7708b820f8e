package dev.normforge.protocol;

/** Which images share a batch. */
public enum BatchOrder {
    /** Any. */
    SHUFFLED,
    /**
     * Those of one class as far as they go round, in runs of the normalization batch: a layer that sees the batch sees the
     * label ("Rethinking Batch", leakage).
     */
    BY_CLASS
}
