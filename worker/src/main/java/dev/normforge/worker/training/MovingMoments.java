package dev.normforge.worker.training;

import dev.normforge.graph.Moment;
import dev.normforge.worker.layer.BatchMoments;
import org.jspecify.annotations.Nullable;

/** Exponential averages of one slot for evaluation; training uses the batch's own statistics. */
final class MovingMoments implements TrainedMoments {

    private final StepAverages averages;

    MovingMoments(double decay) {
        this.averages = new StepAverages(decay);
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
    public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
            int pixels) {
        averages.see(term, moment, moment == Moment.DEVIATION ? variance : mean);
        return null;
    }

    @Override
    public double[] running(int term, Moment moment, int length) {
        return averages.before(term, moment, length);
    }

    @Override
    public void endStep() {
        averages.endStep();
    }

    @Override
    public BatchMoments population() {
        return averages.population();
    }
}
