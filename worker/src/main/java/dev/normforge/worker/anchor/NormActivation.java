package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.layer.Slot;
import dev.normforge.worker.layer.SlotParameters;

/** A slot with its parameters. */
final class NormActivation implements Block {

    private static final int UNUSED = -1;

    private final Slot slot;
    private final int number;
    private final int v0;
    private final int v1;
    private final int gamma;
    private final int beta;

    /** @param number position among the network's slots */
    NormActivation(ParameterTable table, Slot slot, int channels, int number) {
        var shape = new Shape(1, channels, 1, 1);
        this.slot = slot;
        this.number = number;
        this.v0 = slot.usesV0() ? table.constant(shape, 0) : UNUSED;
        this.v1 = slot.usesV1() ? table.constant(shape, 1) : UNUSED;
        this.gamma = table.constant(shape, 1);
        this.beta = table.constant(shape, 0);
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var parameters = new SlotParameters(v0 == UNUSED ? null : pass.parameter(v0),
                v1 == UNUSED ? null : pass.parameter(v1), pass.parameter(gamma), pass.parameter(beta));
        return slot.forward(x, parameters, pass.moments().get(number));
    }
}
