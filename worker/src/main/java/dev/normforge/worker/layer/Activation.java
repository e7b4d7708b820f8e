package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;

/**
 * What most written layers end with. At a tie both sides of a maximum have half of its gradient, as in graphs, whatever the
 * published layer's framework does: channels of constant input make ties the rule, and with one convention for the whole bench
 * differences between layers are not those of frameworks.
 */
enum Activation {
    /** max(u, 0) */
    RELU,
    /** u·sigmoid(u) */
    SILU;

    /** The activation of u = z·scale + shift. */
    NDArray of(Standardized z, NDArray scale, NDArray shift, Constants constants) {
        return switch (this) {
            case RELU -> {
                var half = constants.of(0.5);
                yield twiceRectified(z.affine(scale.mul(half), shift.mul(half)), constants);
            }
            case SILU -> {
                var u = z.affine(scale, shift);
                yield u.mul(Kernels.sigmoid(u));
            }
        };
    }

    /** 2·max(t, 0) as t·(sign(t) + 1), with the sign cut off from the gradient. */
    static NDArray twiceRectified(NDArray t, Constants constants) {
        return t.mul(t.stopGradient().sign().addi(constants.of(1)));
    }

    /** Operations for each number, the affine before it included. */
    int flops() {
        return switch (this) {
            case RELU -> 3;
            case SILU -> 4;
        };
    }
}
