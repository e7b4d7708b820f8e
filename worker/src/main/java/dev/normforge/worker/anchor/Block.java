package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;

/** A part of a network. */
interface Block {

    /** @param x (N, C, H, W) */
    NDArray forward(NDArray x, Pass pass);

    /**
     * Adds its operations on the maps of one image, as {@link Network#size} counts them.
     *
     * @return the maps that it puts out
     */
    Maps count(Maps in, Tally tally);
}
