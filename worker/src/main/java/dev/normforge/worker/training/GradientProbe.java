package dev.normforge.worker.training;

/**
 * Gradient ascent on the norm of the loss gradient, in a network of its own with initial weights: the measurement of the
 * stability test (EvoNorms, section on rejection).
 */
public interface GradientProbe extends AutoCloseable {

    /**
     * One step θ ← θ + rate·∇‖∇loss‖ over convolution and linear weights.
     *
     * @return the norm of the gradient before the step, non-finite where it is
     */
    double ascend(double rate);

    @Override
    void close();
}
