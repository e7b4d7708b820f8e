package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;

/** The layer in one normalization-activation slot of a network, for a fixed number of channels. */
public interface Slot {

    /** Whether it has the trainable vector that starts at 0. */
    boolean usesV0();

    /** Whether it has the trainable vector that starts at 1. */
    boolean usesV1();

    /**
     * @param x (N, C, H, W), in the scope in which the results shall live
     * @param parameters of this slot
     * @param moments where statistics over the batch come from
     * @return (N, C, H, W)
     */
    NDArray forward(NDArray x, SlotParameters parameters, BatchMoments moments);
}
