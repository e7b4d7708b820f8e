package dev.normforge.worker.anchor;

/** How images lie in memory: with the channels of a pixel side by side, which is fastest on a CPU, or channel by channel. */
public enum Layout {
    CHANNELS_LAST, CHANNELS_FIRST
}
