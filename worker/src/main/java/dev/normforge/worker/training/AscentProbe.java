package dev.normforge.worker.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Constants;

/**
 * The ascent of {@link GradientProbe}: the gradient of ‖g‖ is H·g/‖g‖, and the Hessian-vector product is the difference of two
 * gradients a small way apart. Layers use the batch's own statistics, whatever training estimates: before its first step
 * there are no estimates.
 */
final class AscentProbe implements GradientProbe {

    /** How far apart, in lengths of the weight vector. */
    private static final double REACH = 1e-3;

    private final NDManager scope;
    private final Model model;
    private final Constants constants;
    private final Batch batch;
    private final float[] moved;
    private final double[] weights;

    /** @param scope everything of the model's; closed with the probe */
    AscentProbe(NDManager scope, Model model, Constants constants, Batch batch) {
        this.scope = scope;
        this.model = model;
        this.constants = constants;
        this.batch = batch;
        this.moved = model.network().table().weights();
        this.weights = constants.read(model.parameters());
    }

    @Override
    public double ascend(double rate) {
        double[] gradient = gradientAt(weights);
        double norm = norm(gradient);
        if (!Double.isFinite(norm) || norm == 0) {
            return norm;
        }
        double reach = REACH * norm(weights);
        double[] ahead = weights.clone();
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] += moved[i] * reach * gradient[i] / norm;
        }
        double[] gradientAhead = gradientAt(ahead);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += moved[i] * rate * (gradientAhead[i] - gradient[i]) / reach;
        }
        return norm;
    }

    private double norm(double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += moved[i] * values[i] * values[i];
        }
        return Math.sqrt(sum);
    }

    private double[] gradientAt(double[] point) {
        try (var step = scope.newSubManager()) {
            var parameters = constants.create(step, point, new Shape(point.length));
            var view = model.view(step, parameters);
            model.backward(model.loss(step, view, batch, batch.size(), model.ofTheBatch()));
            return constants.read(model.gradient(step, view));
        }
    }

    /** Arrays that outlive a step. */
    int arraysHeld() {
        return scope.getManagedArrays().size();
    }

    @Override
    public void close() {
        scope.close();
    }
}
