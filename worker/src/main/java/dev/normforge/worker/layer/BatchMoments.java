package dev.normforge.worker.layer;

import dev.normforge.graph.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Where a slot's statistics over the batch come from: the batch itself, perhaps watched, or what was kept of earlier ones. An
 * aggregation is named by its position in the phenotype; a written layer's mean is 0, its variance 1.
 */
public interface BatchMoments {

    /** The batch's own, unwatched. */
    BatchMoments OF_BATCH = new BatchMoments() {
        @Override
        public double @Nullable [] kept(int term, Moment moment, int length) {
            return null;
        }

        @Override
        public boolean watching() {
            return false;
        }

        @Override
        public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
                int pixels) {
            throw new IllegalStateException("nobody watches the statistics of term " + term);
        }
    };

    /**
     * The kept value of an aggregation: the mean for a mean, the mean of squares for a root mean square, the biased variance
     * for a deviation; null where the batch's own is used.
     *
     * @param length one number for each channel, those of a group alike, or one in all
     */
    double @Nullable [] kept(int term, Moment moment, int length);

    /** Whether {@link #observe} is to be called. */
    boolean watching();

    /**
     * Is told what an aggregation found in a batch.
     *
     * @param mean the batch's mean, or its mean of squares for a root mean square
     * @param variance the batch's biased variance for a deviation, else empty
     * @param images size of the batch
     * @param pixels positions in a map: each number is a mean over images × pixels
     * @return what is to be used in place of the batch's own, a constant for the gradient, as {@link #kept} gives it; null
     *         for the batch's own
     */
    double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images, int pixels);

    /**
     * The average of earlier batches while training goes on, as {@link #kept} gives it, for a layer that uses it beside the
     * batch's own; null where none is held.
     */
    default double @Nullable [] running(int term, Moment moment, int length) {
        return null;
    }

    /** Share of the training that is done, 0 to 1, for a layer with a schedule. */
    default double progress() {
        return 1;
    }
}
