package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Kernels;
import org.jspecify.annotations.Nullable;

/** A convolution, padded so that stride 1 keeps the size. */
final class Convolution implements Block {

    private final Filters filters;
    private final @Nullable Integer bias;
    private final Shape shape;
    private final int stride;
    private final int groups;

    /**
     * @param shape of its filters, (O, C / groups, k, k) with odd k
     * @param bias number of its summand, (O); null for none
     * @param groups 1, or the number of channels for a depthwise convolution
     */
    Convolution(Filters filters, @Nullable Integer bias, Shape shape, int stride, int groups) {
        this.filters = filters;
        this.bias = bias;
        this.shape = shape;
        this.stride = stride;
        this.groups = groups;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        long padding = shape.get(2) / 2;
        return Kernels.convolve(x, filters.in(pass), bias == null ? null : pass.parameter(bias),
                new Shape(stride, stride), new Shape(padding, padding), groups);
    }

    /** As if the padding were pixels like others. */
    @Override
    public Maps count(Maps in, Tally tally) {
        int out = (int) shape.get(0);
        var maps = in.withChannels(out).strided(stride);
        tally.add(2 * maps.pixels() * shape.size() + (bias == null ? 0 : maps.numbers()));
        return maps;
    }
}
