package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * A 1×1 convolution and ·gamma + beta per channel: what remains where BatchNorm has no activation (authors' code). The
 * factor is applied to the weight, which is small, and the summand is the convolution's bias.
 */
final class LinearProjection implements Block {

    private final int out;
    private final int weight;
    private final int gamma;
    private final int beta;
    private final boolean matrix;

    /** @param matrix whether it is computed as a matrix product */
    LinearProjection(ParameterTable table, int in, int out, boolean matrix) {
        this.out = out;
        this.weight = table.weight(Pointwise.shape(in, out, matrix), Filters.HE, in);
        this.gamma = table.constant(matrix ? new Shape(out, 1) : new Shape(out, 1, 1, 1), 1);
        this.beta = table.constant(new Shape(out), 0);
        this.matrix = matrix;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var scaled = pass.parameter(weight).mul(pass.parameter(gamma));
        return Pointwise.apply(x, scaled, pass.parameter(beta), 1, matrix);
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        var maps = in.withChannels(out);
        tally.add(2 * maps.numbers() * in.channels() + maps.numbers());
        return maps;
    }
}
