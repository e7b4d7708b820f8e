package dev.normforge.search;

/** Why an evaluation was ordered. */
enum Purpose {
    CALIBRATION, EVOLUTION, AUDIT, CONFIRMATION, COMPARISON
}
