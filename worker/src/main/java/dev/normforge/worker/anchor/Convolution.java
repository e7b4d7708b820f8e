package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Kernels;

/** A convolution without bias, padded so that stride 1 keeps the size; He-normal at the start. */
final class Convolution implements Block {

    private static final double HE = 2;

    private final int weight;
    private final Shape stride;
    private final Shape padding;
    private final int groups;

    /** @param groups 1, or the number of channels for a depthwise convolution */
    Convolution(ParameterTable table, int in, int out, int kernel, int stride, int groups) {
        long fanIn = (long) in / groups * kernel * kernel;
        this.weight = table.weight(new Shape(out, in / groups, kernel, kernel), HE, fanIn);
        this.stride = new Shape(stride, stride);
        this.padding = new Shape(kernel / 2, kernel / 2);
        this.groups = groups;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        return Kernels.convolve(x, pass.parameter(weight), null, stride, padding, groups);
    }
}
