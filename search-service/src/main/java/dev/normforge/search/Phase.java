package dev.normforge.search;

/** Where a search stands, in order. */
public enum Phase {
    CALIBRATION, EVOLUTION, CONFIRMATION, REPORT, FINISHED
}
