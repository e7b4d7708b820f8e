package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Kernels;

/**
 * A 1×1 convolution and ·gamma + beta per channel: what remains where BatchNorm has no activation (authors' code). The
 * factor is applied to the weight, which is small, and the summand is the convolution's bias.
 */
final class LinearProjection implements Block {

    private static final double HE = 2;
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape NONE = new Shape(0, 0);

    private final int weight;
    private final int gamma;
    private final int beta;
    private final int out;

    LinearProjection(ParameterTable table, int in, int out) {
        this.weight = table.weight(new Shape(out, in, 1, 1), HE, in);
        this.gamma = table.constant(new Shape(1, out, 1, 1), 1);
        this.beta = table.constant(new Shape(1, out, 1, 1), 0);
        this.out = out;
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var scaled = pass.parameter(weight).mul(pass.parameter(gamma).reshape(out, 1, 1, 1));
        return Kernels.convolve(x, scaled, pass.parameter(beta).reshape(out), ONE, NONE, 1);
    }
}
