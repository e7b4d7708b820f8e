package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.worker.engine.Constants;
import org.jspecify.annotations.Nullable;

/** z = (x − μ)/√(σ² + ε) for written layers, σ² biased, in two passes: E[x²] − E[x]² loses every digit when μ is large. */
final class Standardizer {

    /** The mean over the batch, as {@link BatchMoments} calls it: a written layer has no terms to name its statistics by. */
    static final int MEAN = 0;
    /** The variance over the batch, likewise. */
    static final int VARIANCE = 1;

    private static final double[] NONE = {};

    private final int channels;
    private final int groups;
    private final double epsilon;
    private final Constants constants;
    private final Smalls smalls;

    Standardizer(int channels, Numerics numerics, Constants constants) {
        this.channels = channels;
        this.groups = numerics.groupsFor(channels);
        this.epsilon = numerics.epsilon();
        this.constants = constants;
        this.smalls = new Smalls(channels, groups, constants);
    }

    int channels() {
        return channels;
    }

    /** By statistics of each image's own. */
    Standardized within(NDArray x, IndexSet over) {
        var mean = smalls.average(x, over);
        var centred = x.sub(mean);
        return new Standardized(centred, mean, inverseRootMeanSquare(centred, over));
    }

    /** 1/√(mean of x² + ε), (N, 1 | C, 1, 1). */
    NDArray inverseRootMeanSquare(NDArray x, IndexSet over) {
        return smalls.inverseRootOfHalf(smalls.averageSquare(x, over), epsilon);
    }

    /** By kept statistics over the batch; else by the batch's own, or what whoever watches these gives in their place. */
    Standardized overBatch(NDArray x, BatchMoments moments) {
        var kept = given(x, moments.kept(MEAN, Moment.MEAN, channels),
                moments.kept(VARIANCE, Moment.DEVIATION, channels));
        if (kept != null) {
            return kept;
        }
        var mean = smalls.average(x, IndexSet.BATCH);
        var centred = x.sub(mean);
        var variance = smalls.averageSquare(centred, IndexSet.BATCH);
        var instead = moments.watching() ? observed(x, mean, variance, moments) : null;
        return instead == null
                ? new Standardized(centred, mean, smalls.inverseRootOfHalf(variance, epsilon))
                : instead;
    }

    private @Nullable Standardized observed(NDArray x, NDArray mean, NDArray variance, BatchMoments moments) {
        int images = (int) x.getShape().get(0);
        int pixels = (int) (x.getShape().get(2) * x.getShape().get(3));
        double[] means = constants.read(mean);
        return given(x, moments.observe(MEAN, Moment.MEAN, means, NONE, images, pixels),
                moments.observe(VARIANCE, Moment.DEVIATION, means, constants.read(variance), images, pixels));
    }

    /** By statistics from elsewhere, constants for the gradient; null without them. */
    private @Nullable Standardized given(NDArray x, double @Nullable [] means, double @Nullable [] variances) {
        if (means == null || variances == null) {
            return null;
        }
        var mean = constant(x.getManager(), means);
        var variance = constant(x.getManager(), variances);
        return new Standardized(x.sub(mean), mean, smalls.inverseRootOfHalf(variance, epsilon));
    }

    /** Numbers of each channel, (1, C, 1, 1), constants for the gradient. */
    NDArray constant(NDManager scope, double[] numbers) {
        return smalls.constant(scope, numbers);
    }

    /** Operations of z on one image as {@link Slot#flops} counts them; statistics over the batch are kept then. */
    long flops(IndexSet over, long pixels) {
        long apply = 2 * channels * pixels;
        long measure = 4 * channels * pixels;
        return switch (over) {
            case BATCH -> apply;
            case LAYER -> apply + measure + 1;
            case GROUP -> apply + measure + groups;
            case INSTANCE -> apply + measure + channels;
        };
    }
}
