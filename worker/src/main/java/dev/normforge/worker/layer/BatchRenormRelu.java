package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.worker.engine.Constants;
import java.util.List;

/**
 * Batch Renormalization, then ReLU (Ioffe, arXiv 1702.03275): in training max(γ·(r·(x − μ_B)/s_B + d) + β, 0) with
 * r = clip(s_B/s, 1/rmax, rmax) and d = clip((μ_B − μ)/s, −dmax, dmax), both constants for the gradient, by the averages μ and s
 * before this batch joins them; in evaluation (x − μ)/s. s is √(v + ε) with v the average of the batches' variances, where the
 * paper averages s_B itself: so the averages are those of every other layer. Where none are held, r = 1 and d = 0.
 *
 * <p>For long runs of small batches: a decay of 0.99 remembers a hundred steps, and a run of not many more corrects by averages
 * that are still those it began with. In the laptop's 80 steps its losses explode.
 */
record BatchRenormRelu(Standardizer standardizer, double epsilon, Constants constants) implements Written {

    @Override
    public NDArray forward(NDArray x, List<NDArray> parameters, BatchMoments moments) {
        int channels = standardizer.channels();
        double[] means = moments.running(Standardizer.MEAN, Moment.MEAN, channels);
        double[] variances = moments.running(Standardizer.VARIANCE, Moment.DEVIATION, channels);
        var z = standardizer.overBatch(x, moments);
        var scale = parameters.getFirst();
        var shift = parameters.getLast();
        if (means == null || variances == null) {
            return Activation.RELU.of(z, scale, shift, constants);
        }
        var limits = RenormLimits.at(moments.progress());
        double[] batchMeans = constants.read(z.mean());
        double[] batchInverses = constants.read(z.inverse());
        double[] r = new double[channels];
        double[] d = new double[channels];
        for (int c = 0; c < channels; c++) {
            double s = Math.sqrt(variances[c] + epsilon);
            r[c] = Math.clamp(1 / (batchInverses[c] * s), 1 / limits.r(), limits.r());
            d[c] = Math.clamp((batchMeans[c] - means[c]) / s, -limits.d(), limits.d());
        }
        var scope = x.getManager();
        var rescaled = new Standardized(z.centred(), z.mean(), z.inverse().mul(standardizer.constant(scope, r)));
        return Activation.RELU.of(rescaled, scale, standardizer.constant(scope, d).mul(scale).add(shift), constants);
    }

    @Override
    public long flops(long pixels) {
        return standardizer.flops(IndexSet.BATCH, pixels) + Activation.RELU.flops() * standardizer.channels() * pixels;
    }
}
