package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.engine.Kernels;

/**
 * The input, and beside it as many new channels as the network grows by: slot, 1×1 to the inner channels, slot, k×k (Huang et
 * al., arXiv 1608.06993, DenseNet-B).
 */
record DensePart(Block growing) implements Block {

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        return Kernels.beside(x, growing.forward(x, pass));
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        return in.withChannels(in.channels() + growing.count(in, tally).channels());
    }
}
