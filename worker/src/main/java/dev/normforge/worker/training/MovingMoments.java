package dev.normforge.worker.training;

import dev.normforge.graph.Moment;
import dev.normforge.worker.layer.BatchMoments;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exponential averages of one slot: kept ← decay·kept + (1 − decay)·batch, for every aggregation over the batch on its own.
 * Means start at 0, variances and means of squares at 1, as in BatchNorm.
 */
final class MovingMoments implements BatchMoments {

    private final double decay;
    private final Map<Integer, double[]> kept = new HashMap<>();

    MovingMoments(double decay) {
        this.decay = decay;
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
    public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images) {
        double[] seen = moment == Moment.DEVIATION ? variance : mean;
        double[] average = kept.computeIfAbsent(term, key -> start(moment, seen.length));
        for (int i = 0; i < seen.length; i++) {
            average[i] = decay * average[i] + (1 - decay) * seen[i];
        }
        return null;
    }

    private static double[] start(Moment moment, int length) {
        double[] values = new double[length];
        Arrays.fill(values, moment == Moment.MEAN ? 0 : 1);
        return values;
    }

    /** What evaluation uses. */
    BatchMoments population() {
        return new PopulationMoments(kept, MovingMoments::start);
    }
}
