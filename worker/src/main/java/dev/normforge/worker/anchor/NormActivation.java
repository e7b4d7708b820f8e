package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.layer.Slot;
import java.util.List;

/** A slot with its parameters. */
final class NormActivation implements Block {

    private final Slot slot;
    private final int number;
    private final List<Integer> parameters;

    /** @param number position among the network's slots */
    NormActivation(ParameterTable table, Slot slot, int number) {
        this.slot = slot;
        this.number = number;
        this.parameters = slot.parameters().stream()
                .map(parameter -> table.constant(parameter.shape(), parameter.start())).toList();
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        return slot.forward(x, parameters.stream().map(pass::parameter).toList(), pass.moments().get(number));
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        long trained = slot.parameters().stream().mapToLong(parameter -> parameter.shape().size()).sum();
        tally.addLayer(trained, slot.flops(in.height(), in.width()));
        return in;
    }
}
