package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What stands for a statistic over the batch ({@code bwh}). Training uses the batch's own, unless said otherwise. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = BatchStatistics.OfTheTestBatch.class, name = "test-batch"),
        @JsonSubTypes.Type(value = BatchStatistics.Moving.class, name = "moving"),
        @JsonSubTypes.Type(value = BatchStatistics.Precise.class, name = "precise"),
        @JsonSubTypes.Type(value = BatchStatistics.Frozen.class, name = "frozen"),
        @JsonSubTypes.Type(value = BatchStatistics.Estimated.class, name = "estimated")})
public sealed interface BatchStatistics {

    /** Short and unique, for tables: {@code moving-0.9}, {@code precise-1024}, … */
    String label();

    /** Whether it changes the training, not only what evaluation does with the trained network. */
    default boolean changesTraining() {
        return switch (this) {
            case OfTheTestBatch _,Moving _,Precise _ -> false;
            case Frozen _,Estimated _ -> true;
        };
    }

    /**
     * The evaluated batch's own statistics: of 128 images in a search, of as many as layers were trained with where an
     * {@link Observation} was asked for.
     */
    record OfTheTestBatch() implements BatchStatistics {
        @Override
        public String label() {
            return "test-batch";
        }
    }

    /**
     * Exponential average during training: kept ← decay·kept + (1−decay)·batch. Where a batch is normalized in parts, these
     * count as one update with their mean, so that the decay is one of steps.
     *
     * @param decay 0.9 in the authors' code
     */
    record Moving(double decay) implements BatchStatistics {
        public Moving {
            Require.within("proxy.statistics.decay", decay, 0, 0.999999);
        }

        @Override
        public String label() {
            return "moving-" + decay;
        }
    }

    /**
     * Recomputed after training with frozen weights (PreciseBN, Wu and Johnson, arXiv 2105.07576).
     *
     * @param images how many training images are used
     * @param estimator null for {@link Estimator#POPULATION}
     */
    record Precise(int images, @Nullable Estimator estimator) implements BatchStatistics {

        /** How batches become one statistic. */
        public enum Estimator {
            /** E[μ² + σ²] − E[μ]², batches weighted by their size: the variance of all images in one go. */
            POPULATION,
            /** The plain mean of the batches' means and of their variances, the latter with Bessel's correction. */
            MEAN_OF_BATCHES
        }

        public Precise {
            Require.within("proxy.statistics.images", images, 1, DataSpec.AVAILABLE);
        }

        public Precise(int images) {
            this(images, null);
        }

        public boolean averagesBatches() {
            return estimator == Estimator.MEAN_OF_BATCHES;
        }

        @Override
        public String label() {
            return "precise-%d%s".formatted(images, averagesBatches() ? "-mean" : "");
        }
    }

    /**
     * The batch's own, until population statistics, measured as by {@link Precise}, take their place for the last part of
     * training and for evaluation (FrozenBN, "Rethinking Batch").
     *
     * @param lastShare of the steps; the paper's experiment has 20 of 100 epochs
     * @param images how many training images are used
     */
    record Frozen(double lastShare, int images) implements BatchStatistics {
        public Frozen {
            Require.within("proxy.statistics.lastShare", lastShare, 0.001, 0.999);
            Require.within("proxy.statistics.images", images, 1, DataSpec.AVAILABLE);
        }

        @Override
        public String label() {
            return "frozen-" + lastShare;
        }
    }

    /**
     * Running estimates that training uses too, as constants for the gradient (Batch-Channel Normalization, arXiv 1911.09738):
     * m ← (1−rate)·m + rate·μ, v ← (1−rate)·v + rate·mean((x − m before)²), then m and v are used at once.
     */
    record Estimated(double rate) implements BatchStatistics {
        public Estimated {
            Require.within("proxy.statistics.rate", rate, 0.000001, 1);
        }

        @Override
        public String label() {
            return "estimated-" + rate;
        }
    }
}
