package dev.normforge.worker.training;

import dev.normforge.graph.Moment;
import dev.normforge.worker.layer.BatchMoments;
import org.jspecify.annotations.Nullable;

/**
 * Running estimates of one slot that training uses too, constant for the gradient (the estimate form of Batch-Channel
 * Normalization, Qiao et al., arXiv 1911.09738, and the authors' code): m ← (1−r)·m + r·μ, v ← (1−r)·v + r·mean((x − m before)²),
 * used at once, in evaluation as well. m starts at 0, v at 1. Means of squares are averaged as means are, from 1.
 *
 * <p>mean((x − m)²) = σ² + (μ − m)², so that the batch's own statistics are enough. Where a step's batch is normalized in
 * parts, each part uses what it would make of the estimates alone, and their mean is kept.
 */
final class EstimatedMoments implements TrainedMoments {

    private final StepAverages means;
    private final StepAverages estimates;

    EstimatedMoments(double rate) {
        this.means = new StepAverages(1 - rate);
        this.estimates = new StepAverages(1 - rate);
    }

    @Override
    public double @Nullable [] kept(int term, Moment moment, int length) {
        return null;
    }

    @Override
    public boolean watching() {
        return true;
    }

    @Override
    public double[] observe(int term, Moment moment, double[] mean, double[] variance, int images, int pixels) {
        double[] seen = moment == Moment.DEVIATION ? aboutTheEstimate(term, mean, variance) : mean;
        double[] used = estimates.ahead(term, moment, seen);
        estimates.see(term, moment, seen);
        return used;
    }

    private double[] aboutTheEstimate(int term, double[] mean, double[] variance) {
        double[] before = means.before(term, Moment.MEAN, mean.length);
        means.see(term, Moment.MEAN, mean);
        double[] squares = new double[mean.length];
        for (int i = 0; i < squares.length; i++) {
            double off = mean[i] - before[i];
            squares[i] = variance[i] + off * off;
        }
        return squares;
    }

    @Override
    public double[] running(int term, Moment moment, int length) {
        return estimates.before(term, moment, length);
    }

    @Override
    public void endStep() {
        means.endStep();
        estimates.endStep();
    }

    @Override
    public BatchMoments population() {
        return estimates.population();
    }
}
