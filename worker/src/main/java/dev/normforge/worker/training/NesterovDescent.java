package dev.normforge.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.protocol.Training;
import dev.normforge.worker.engine.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent with Nesterov's momentum, as everywhere: v ← m·v + g, w ← w − rate·(g + m·v), where g holds the
 * weight decay.
 */
final class NesterovDescent {

    private final Constants constants;
    private final Training training;
    private final NDArray velocity;
    private final NDArray momentum;
    /** The decay of each parameter, null for none at all. */
    private final @Nullable NDArray decay;

    /** @param decayed 1 for each parameter that decays, else 0 */
    NesterovDescent(Constants constants, NDManager scope, Training training, float[] decayed) {
        this.constants = constants;
        this.training = training;
        this.velocity = scope.zeros(new Shape(decayed.length), constants.type());
        this.momentum = constants.of(training.momentum());
        if (training.weightDecay() > 0) {
            this.decay = constants.create(scope, decayed, new Shape(decayed.length))
                    .muli(constants.of(training.weightDecay()));
        } else {
            this.decay = null;
        }
    }

    /** @param gradient of this step, in the scope of the step; changed */
    void update(NDArray parameters, NDArray gradient, int step) {
        var scope = gradient.getManager();
        if (decay != null) {
            gradient.addi(attached(parameters.mul(decay), scope));
        }
        velocity.muli(momentum).addi(gradient);
        gradient.addi(attached(velocity.mul(momentum), scope));
        parameters.subi(gradient.muli(constants.create(scope, training.rate(step))));
    }

    /** What is made of a long-lived array must not live as long. */
    private static NDArray attached(NDArray array, NDManager scope) {
        array.attach(scope);
        return array;
    }
}
