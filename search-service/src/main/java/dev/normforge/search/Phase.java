package dev.normforge.search;

/** Where a search stands, in order; a comparison is in COMPARISON until it is FINISHED. */
public enum Phase {
    CALIBRATION, EVOLUTION, CONFIRMATION, REPORT, COMPARISON, FINISHED
}
