package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * A 1×1 convolution.
 *
 * @param matrix whether it is computed as a matrix product, see {@link #apply}
 */
record Pointwise(Filters filters, int out, int stride, boolean matrix) implements Block {

    private static final Shape NONE = new Shape(0, 0);
    private static final int[] PIXELS_LAST = {0, 2, 3, 1};
    private static final int[] CHANNELS_SECOND = {0, 3, 1, 2};

    static Shape shape(int in, int out, boolean matrix) {
        return matrix ? new Shape(out, in) : new Shape(out, in, 1, 1);
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        return apply(x, filters.in(pass), null, stride, matrix);
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        var maps = in.withChannels(out).strided(stride);
        tally.add(2 * maps.numbers() * in.channels());
        return maps;
    }

    /**
     * A convolution's start-up outlasts its work on maps of a few pixels; there the channels of all pixels are the rows of a
     * matrix, provided that they lie side by side.
     */
    static NDArray apply(NDArray x, NDArray weight, @Nullable NDArray bias, int stride, boolean matrix) {
        if (!matrix) {
            return Kernels.convolve(x, weight, bias, new Shape(stride, stride), NONE, 1);
        }
        var pixels = stride == 1 ? x : Kernels.subsample(x, stride);
        return Kernels.linear(pixels.transpose(PIXELS_LAST), weight, bias).transpose(CHANNELS_SECOND);
    }
}
