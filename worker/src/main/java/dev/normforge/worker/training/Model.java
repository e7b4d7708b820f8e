package dev.normforge.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.anchor.Network;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.anchor.Pass;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.layer.BatchMoments;
import java.util.Collections;
import java.util.List;

/** A network and its parameters, which are one vector. */
final class Model {

    private final Torch torch;
    private final Network network;
    private final Constants constants;
    private final Layout layout;
    private final NDArray parameters;

    /** @param scope where the parameters live */
    Model(Torch torch, Network network, Constants constants, Layout layout, NDManager scope, long seed) {
        this.torch = torch;
        this.network = network;
        this.constants = constants;
        this.layout = layout;
        this.parameters = constants.create(scope, network.table().start(seed), new Shape(network.table().size()));
    }

    /** A loss and the parameters whose gradient it has: a view of this step alone, so that gradients never add up. */
    record Loss(NDArray value, NDArray parameters) {
    }

    Network network() {
        return network;
    }

    /** All parameters, in the order of the network's table. */
    NDArray parameters() {
        return parameters;
    }

    List<BatchMoments> ofTheBatch() {
        return Collections.nCopies(network.slots(), BatchMoments.OF_BATCH);
    }

    /** (N, classes), not for training. */
    NDArray logits(NDManager step, Batch batch, List<BatchMoments> moments) {
        return logits(step, parameters, batch, moments);
    }

    private NDArray logits(NDManager step, NDArray from, Batch batch, List<BatchMoments> moments) {
        return network.forward(batch.images(step, constants, layout),
                new Pass(network.table().cut(from, step), moments));
    }

    /** The mean cross-entropy of a batch. */
    Loss loss(NDManager step, Batch batch, List<BatchMoments> moments) {
        return loss(step, parameters, batch, moments);
    }

    /**
     * The mean cross-entropy of a batch with other parameters. What lies between is let go of at once: what the gradient needs the engine keeps,
     * and the rest is memory that is still in the cache when the gradient asks for some.
     */
    Loss loss(NDManager step, NDArray from, Batch batch, List<BatchMoments> moments) {
        var view = Kernels.borrow(from, step);
        view.setRequiresGradient(true);
        try (var forward = step.newSubManager()) {
            var logits = logits(forward, view, batch, moments);
            var likelihood = logits.logSoftmax(1).mul(batch.targets(forward, constants)).sum();
            var value = likelihood.mul(constants.of(-1.0 / batch.size()));
            value.attach(step);
            return new Loss(value, view);
        }
    }

    /** The gradient of a loss, in the scope of the step. */
    NDArray gradient(NDManager step, Loss loss) {
        torch.backward(loss.value(), constants.of(1));
        return torch.gradient(loss.parameters(), step);
    }
}
