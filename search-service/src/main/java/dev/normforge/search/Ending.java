package dev.normforge.search;

/**
 * How a search ended. {@code EXHAUSTED}: nothing trainable was proposed for long, what there was has been confirmed;
 * {@code FAILED}: evaluations failed for a reason that no layer has to do with.
 */
public enum Ending {
    COMPLETED, CANCELLED, EXHAUSTED, FAILED
}
