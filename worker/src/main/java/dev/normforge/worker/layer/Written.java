package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** What a layer that is written by hand computes, for a fixed number of channels. */
sealed interface Written
        permits NormalizedActivation, BatchChannelRelu, HalfInstanceLeakyRelu, FilterResponseThreshold,
        BatchRenormRelu {

    /**
     * @param x (N, C, H, W), in a scope that ends with this pass
     * @param parameters in the order of {@link dev.normforge.protocol.NativeLayer#parameters}
     * @param moments its mean over the batch is term {@link Standardizer#MEAN}, its variance {@link Standardizer#VARIANCE}
     */
    NDArray forward(NDArray x, List<NDArray> parameters, BatchMoments moments);

    /** Operations on one image of so many pixels in evaluation, as {@link Slot#flops} counts them. */
    long flops(long pixels);
}
