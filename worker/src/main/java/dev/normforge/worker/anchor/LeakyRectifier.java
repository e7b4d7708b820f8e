package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.engine.Kernels;

/** max(x, 0.2·x): the activation of HINet (Chen et al., arXiv 2105.06086), where no layer stands. */
record LeakyRectifier() implements Block {

    private static final double SLOPE = 0.2;

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        return Kernels.leakyRectified(x, SLOPE);
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        tally.add(in.numbers());
        return in;
    }
}
