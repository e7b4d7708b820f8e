package dev.normforge.worker.training;

import dev.normforge.graph.Moment;
import dev.normforge.worker.layer.BatchMoments;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the population from those of several batches with the weights at rest (PreciseBN, Wu and Johnson, arXiv
 * 2105.07576, and fvcore's {@code precise_bn}), by one of two estimators:
 * <ul>
 * <li>population: E[μ] and E[μ² + σ²] − E[μ]², batches weighted by their images: the statistics of all images in one go, if
 * the layer's input is the same;
 * <li>mean of batches: the plain means of μ and of σ²·n/(n−1) with n = images × pixels of the batch. A batch of one number has
 * no such variance and is left out; where all are such, the variance is 0.
 * </ul>
 */
final class PreciseMoments implements BatchMoments {

    private final boolean averagesBatches;
    private final Map<Integer, Sums> sums = new HashMap<>();

    /** @param averagesBatches whether the estimator is the mean of batches */
    PreciseMoments(boolean averagesBatches) {
        this.averagesBatches = averagesBatches;
    }

    /** Weighted sums of one aggregation's means (or means of squares) and of what its variance is made of. */
    private static final class Sums {
        private final Moment moment;
        private final double[] first;
        private final double[] second;
        private double weight;
        private double secondWeight;

        Sums(Moment moment, int length) {
            this.moment = moment;
            this.first = new double[length];
            this.second = new double[length];
        }

        void add(double images, double[] mean, double[] variance) {
            weight += images;
            for (int i = 0; i < mean.length; i++) {
                first[i] += images * mean[i];
                if (moment == Moment.DEVIATION) {
                    second[i] += images * (mean[i] * mean[i] + variance[i]);
                }
            }
        }

        void addCorrected(double samples, double[] mean, double[] variance) {
            weight++;
            secondWeight += samples > 1 ? 1 : 0;
            for (int i = 0; i < mean.length; i++) {
                first[i] += mean[i];
                if (moment == Moment.DEVIATION && samples > 1) {
                    second[i] += variance[i] * samples / (samples - 1);
                }
            }
        }

        double[] result(boolean averagesBatches) {
            double[] values = new double[first.length];
            for (int i = 0; i < values.length; i++) {
                double mean = first[i] / weight;
                if (moment != Moment.DEVIATION) {
                    values[i] = mean;
                } else if (averagesBatches) {
                    values[i] = second[i] / Math.max(1, secondWeight);
                } else {
                    values[i] = Math.max(0, second[i] / weight - mean * mean);
                }
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
    public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
            int pixels) {
        var sum = sums.computeIfAbsent(term, _ -> new Sums(moment, mean.length));
        if (averagesBatches) {
            sum.addCorrected((double) images * pixels, mean, variance);
        } else {
            sum.add(images, mean, variance);
        }
        return null;
    }

    /** Whether the slot took any statistic over the batch. */
    boolean sawAny() {
        return !sums.isEmpty();
    }

    /** What evaluation uses. */
    BatchMoments population() {
        var values = new HashMap<Integer, double[]>();
        sums.forEach((term, sum) -> values.put(term, sum.result(averagesBatches)));
        return new PopulationMoments(values, (moment, length) -> {
            throw new IllegalStateException("a statistic of the batch was never measured");
        });
    }
}
