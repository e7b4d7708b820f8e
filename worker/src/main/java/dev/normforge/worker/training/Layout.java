package dev.normforge.worker.training;

/** How images lie in memory. */
enum Layout {
    CHANNELS_LAST, CHANNELS_FIRST
}
