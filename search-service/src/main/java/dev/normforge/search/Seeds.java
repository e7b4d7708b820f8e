package dev.normforge.search;

import dev.normforge.evolution.Draws;

/**
 * A search's common lists of training seeds: replicate r uses the r-th seed for every layer, so that differences between
 * layers are less noisy than their scores. Confirmation has a list of its own: seeds that selected nobody.
 */
record Seeds(long search) {

    private static final long SCORING = 1L << 40;
    private static final long CONFIRMING = 1L << 41;

    /** Seeds of calibration and evolution, from replicate 0. */
    long scoring(int replicate) {
        return seed(SCORING + replicate);
    }

    /** Fresh seeds of confirmation: 0 is the first round's, the second round's follow. */
    long confirming(int replicate) {
        return seed(CONFIRMING + replicate);
    }

    /** Positive and short, so that people can type it; streams far from every birth's. */
    private long seed(long stream) {
        return new Draws(search, stream).nextLong() >>> 33;
    }
}
