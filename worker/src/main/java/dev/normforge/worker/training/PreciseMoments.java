package dev.normforge.worker.training;

import dev.normforge.graph.Moment;
import dev.normforge.worker.layer.BatchMoments;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the population from those of several batches with the weights at rest (PreciseBN, Wu and Johnson): E[μ] and
 * E[μ² + σ²] − E[μ]², batches weighted by their size.
 */
final class PreciseMoments implements BatchMoments {

    private final Map<Integer, Sums> sums = new HashMap<>();

    /** Sums over images of one aggregation's means (or means of squares) and of μ² + σ². */
    private static final class Sums {
        private final Moment moment;
        private final double[] first;
        private final double[] second;
        private long images;

        Sums(Moment moment, int length) {
            this.moment = moment;
            this.first = new double[length];
            this.second = new double[length];
        }

        double[] population() {
            double[] values = new double[first.length];
            for (int i = 0; i < values.length; i++) {
                double mean = first[i] / images;
                values[i] = moment == Moment.DEVIATION ? Math.max(0, second[i] / images - mean * mean) : mean;
            }
            return values;
        }
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
        var sum = sums.computeIfAbsent(term, key -> new Sums(moment, mean.length));
        sum.images += images;
        for (int i = 0; i < mean.length; i++) {
            sum.first[i] += images * mean[i];
            if (moment == Moment.DEVIATION) {
                sum.second[i] += images * (mean[i] * mean[i] + variance[i]);
            }
        }
        return null;
    }

    /** What evaluation uses. */
    BatchMoments population() {
        var values = new HashMap<Integer, double[]>();
        sums.forEach((term, sum) -> values.put(term, sum.population()));
        return new PopulationMoments(values, (moment, length) -> {
            throw new IllegalStateException("a statistic of the batch was never measured");
        });
    }
}
