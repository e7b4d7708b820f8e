package dev.normforge.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.anchor.Anchors;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.anchor.Network;
import dev.normforge.worker.anchor.Pass;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.layer.BatchMoments;
import dev.normforge.worker.layer.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** A network, what it learns, and its parameters, which are one vector. */
final class Model {

    private final Torch torch;
    private final Network network;
    private final List<Slot> slots;
    private final Task task;
    private final Constants constants;
    private final Layout layout;
    private final NDManager scope;
    private final NDArray parameters;

    private Model(Setup setup, Constants constants, NDManager scope, Network network, List<Slot> slots) {
        this.torch = setup.torch();
        this.network = network;
        this.slots = List.copyOf(slots);
        this.task = setup.task();
        this.constants = constants;
        this.layout = setup.layout();
        this.scope = scope;
        this.parameters = constants.create(scope, network.table().start(setup.weightSeed()),
                new Shape(network.table().size()));
        if (slots.size() != network.slots()) {
            throw new IllegalStateException(
                    "%d slots were made, expected %d".formatted(slots.size(), network.slots()));
        }
    }

    /**
     * A network with its initial weights.
     *
     * @param scope where the parameters live
     */
    static Model of(Setup setup, Constants constants, NDManager scope) {
        var slots = new ArrayList<Slot>();
        var factory = setup.layers().apply(constants);
        var network = Anchors.build(setup.anchor(), setup.proxy().weightStandardization(), channels -> {
            var slot = factory.create(channels);
            slots.add(slot);
            return slot;
        }, constants, setup.layout(), setup.proxy().data().crop());
        return new Model(setup, constants, scope, network, slots);
    }

    Network network() {
        return network;
    }

    /** Those of the network, in order. */
    List<Slot> slots() {
        return slots;
    }

    /** All parameters, in the order of the network's table. */
    NDArray parameters() {
        return parameters;
    }

    List<BatchMoments> ofTheBatch() {
        return Collections.nCopies(network.slots(), BatchMoments.OF_BATCH);
    }

    /**
     * One pass forward, not for training.
     *
     * @param use is given what the network puts out; it lives no longer
     */
    void run(Batch batch, List<BatchMoments> moments, Consumer<NDArray> use) {
        try (var pass = scope.newSubManager()) {
            use.accept(output(pass, parameters, batch, moments));
        }
    }

    private NDArray output(NDManager pass, NDArray from, Batch batch, List<BatchMoments> moments) {
        return network.forward(batch.images(pass, constants, layout),
                new Pass(network.table().cut(from, pass), moments));
    }

    /** Parameters of one step, which its gradient is taken for: a view, so that gradients of steps never add up. */
    NDArray view(NDManager step, NDArray from) {
        var view = Kernels.borrow(from, step);
        view.setRequiresGradient(true);
        return view;
    }

    /**
     * The share of a batch in the mean loss of {@code of} images. What lies between is let go of at once: what the gradient
     * needs the engine keeps, and the rest is memory that is still in the cache when the gradient asks for some.
     *
     * @param view of the parameters
     */
    NDArray loss(NDManager step, NDArray view, Batch batch, int of, List<BatchMoments> moments) {
        try (var forward = step.newSubManager()) {
            var value = task.loss(output(forward, view, batch, moments), batch, of, constants, layout);
            value.attach(step);
            return value;
        }
    }

    /** Adds the gradient of a loss to that of the view it was taken with. */
    void backward(NDArray loss) {
        torch.backward(loss, constants.of(1));
    }

    /** The gradient of a view, in the scope of the step. */
    NDArray gradient(NDManager step, NDArray view) {
        return torch.gradient(view, step);
    }
}
