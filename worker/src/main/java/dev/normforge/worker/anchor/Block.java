package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;

/** A part of a network. */
@FunctionalInterface
interface Block {

    /** @param x (N, C, H, W) */
    NDArray forward(NDArray x, Pass pass);
}
