package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;

/**
 * Channels weighted by a gate that sees their means: mean over space, linear, x·sigmoid(x), linear, sigmoid (EfficientNet).
 * No slot inside: it is no normalization-activation, and its activation stays the family's own.
 */
final class SqueezeExcitation implements Block {

    private static final int[] SPACE = {2, 3};

    private final Constants constants;
    private final int channels;
    private final int reduced;
    private final int squeeze;
    private final int squeezeBias;
    private final int excite;
    private final int exciteBias;

    /** @param reduced a quarter of the block's input channels */
    SqueezeExcitation(ParameterTable table, Constants constants, int channels, int reduced) {
        this.constants = constants;
        this.channels = channels;
        this.reduced = reduced;
        this.squeeze = table.weight(new Shape(reduced, channels), Filters.HE, channels);
        this.squeezeBias = table.constant(new Shape(reduced), 0);
        this.excite = table.weight(new Shape(channels, reduced), Filters.HE, reduced);
        this.exciteBias = table.constant(new Shape(channels), 0);
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var shape = x.getShape();
        double area = (double) shape.get(2) * shape.get(3);
        var mean = x.sum(SPACE).mul(constants.of(1 / area));
        var inner = Kernels.linear(mean, pass.parameter(squeeze), pass.parameter(squeezeBias));
        var activated = inner.mul(Kernels.sigmoid(inner));
        var gate = Kernels.sigmoid(
                Kernels.linear(activated, pass.parameter(excite), pass.parameter(exciteBias)));
        return x.mul(gate.reshape(shape.get(0), channels, 1, 1));
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        long squeezing = in.numbers() + 2L * channels * reduced + reduced;
        long activation = 2L * reduced;
        long exciting = 2L * reduced * channels + 2L * channels;
        tally.add(squeezing + activation + exciting + in.numbers());
        return in;
    }
}
