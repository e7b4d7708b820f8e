package dev.normforge.worker.training;

import dev.normforge.graph.Moment;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.worker.layer.BatchMoments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one slot during a training: what it uses, and averages that only watch. Those of a slot with statistics of
 * its own are these whatever is asked for.
 */
final class SlotMoments implements BatchMoments {

    private final BatchStatistics statistics;
    private final boolean own;
    private final DoubleSupplier progress;
    /** What follows the steps, the slot's own statistics among it if they do. */
    private final Map<BatchStatistics, TrainedMoments> followed = new LinkedHashMap<>();
    private @Nullable BatchMoments frozen;

    /**
     * @param proxys the proxy's statistics
     * @param own the slot's, moving or estimated; null where the proxy's hold
     * @param watched further averages that may be asked for
     * @param progress share of the training that is done
     */
    SlotMoments(BatchStatistics proxys, @Nullable BatchStatistics own, List<BatchStatistics.Moving> watched,
            DoubleSupplier progress) {
        this.statistics = own == null ? proxys : own;
        this.own = own != null;
        this.progress = progress;
        follow(statistics);
        if (own == null) {
            watched.forEach(this::follow);
        } else if (followed.isEmpty()) {
            throw new IllegalArgumentException(
                    "own statistics are %s, expected moving or estimated".formatted(own.label()));
        }
    }

    private void follow(BatchStatistics what) {
        switch (what) {
            case BatchStatistics.Moving(double decay) -> followed.putIfAbsent(what, new MovingMoments(decay));
            case BatchStatistics.Estimated(double rate) -> followed.putIfAbsent(what, new EstimatedMoments(rate));
            case BatchStatistics.OfTheTestBatch _,BatchStatistics.Precise _,BatchStatistics.Frozen _ -> {
                // They need no step to be watched.
            }
        }
    }

    /** Whether its statistics are its own, so that neither the proxy nor a reading decides them. */
    boolean isOwn() {
        return own;
    }

    @Override
    public double @Nullable [] kept(int term, Moment moment, int length) {
        return frozen == null ? null : frozen.kept(term, moment, length);
    }

    @Override
    public boolean watching() {
        return !followed.isEmpty();
    }

    @Override
    public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
            int pixels) {
        double[] used = null;
        for (var one : followed.values()) {
            double[] given = one.observe(term, moment, mean, variance, images, pixels);
            used = given == null ? used : given; // estimates alone give any, and there is one of them at most
        }
        return used;
    }

    @Override
    public double @Nullable [] running(int term, Moment moment, int length) {
        var mine = followed.get(statistics);
        return mine == null ? null : mine.running(term, moment, length);
    }

    @Override
    public double progress() {
        return progress.getAsDouble();
    }

    void endStep() {
        followed.values().forEach(TrainedMoments::endStep);
    }

    /** From now on the slot uses these. */
    void freeze(BatchMoments population) {
        frozen = population;
    }

    /**
     * What the slot uses in evaluation.
     *
     * @param asked for instead of the proxy's statistics
     * @param measured of the population; null where nobody measured
     */
    BatchMoments inEvaluation(BatchStatistics asked, @Nullable BatchMoments measured) {
        var effective = own ? statistics : asked;
        return switch (effective) {
            case BatchStatistics.OfTheTestBatch _ -> OF_BATCH;
            case BatchStatistics.Moving _,BatchStatistics.Estimated _ -> followed(effective).population();
            case BatchStatistics.Precise _ -> known(measured);
            case BatchStatistics.Frozen _ -> frozen == null ? known(measured) : frozen;
        };
    }

    private TrainedMoments followed(BatchStatistics asked) {
        var found = followed.get(asked);
        if (found == null) {
            throw new IllegalArgumentException(
                    "statistics are %s, which nobody watched during training".formatted(asked.label()));
        }
        return found;
    }

    private static BatchMoments known(@Nullable BatchMoments measured) {
        if (measured == null) {
            throw new IllegalStateException("statistics of the population were not measured");
        }
        return measured;
    }
}
