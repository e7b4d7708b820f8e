package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.engine.Kernels;

/** One number for each 2×2 pixels; at an odd side the last row or column is by itself. */
enum Pooling implements Block {

    MAXIMUM {
        @Override
        public NDArray forward(NDArray x, Pass pass) {
            return Kernels.maximumOfFour(x);
        }
    },
    MEAN {
        @Override
        public NDArray forward(NDArray x, Pass pass) {
            return Kernels.meanOfFour(x);
        }
    };

    static final int STRIDE = 2;

    @Override
    public Maps count(Maps in, Tally tally) {
        tally.add(in.numbers());
        return in.strided(STRIDE);
    }
}
