package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Kernels;
import org.jspecify.annotations.Nullable;

/** A 1×1 convolution, He-normal at the start. */
final class Pointwise implements Block {

    private static final double HE = 2;
    private static final Shape NONE = new Shape(0, 0);
    private static final int[] PIXELS_LAST = {0, 2, 3, 1};
    private static final int[] CHANNELS_SECOND = {0, 3, 1, 2};

    private final int weight;
    private final int stride;
    private final boolean matrix;

    /** @param matrix whether it is computed as a matrix product, see {@link #apply} */
    Pointwise(ParameterTable table, int in, int out, int stride, boolean matrix) {
        this.weight = table.weight(shape(in, out, matrix), HE, in);
        this.stride = stride;
        this.matrix = matrix;
    }

    static Shape shape(int in, int out, boolean matrix) {
        return matrix ? new Shape(out, in) : new Shape(out, in, 1, 1);
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        return apply(x, pass.parameter(weight), null, stride, matrix);
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
