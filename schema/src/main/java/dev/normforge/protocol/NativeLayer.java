package dev.normforge.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Published layers that are written by hand in the worker: those that no graph of the search space can express, and twins of
 * some that one can, as a check of both. With z = (x − μ)/√(σ² + ε), and each with affine parameters of its own; none has
 * the trailing affine of a graph. The worker's classes hold the formulas.
 */
public enum NativeLayer {

    /** max(γ·z + β, 0), statistics over batch and space (Ioffe and Szegedy). */
    BN_RELU("native-bn-relu", Use.OF_THE_BATCH),
    /** max(γ·z + β, 0), statistics over space and a group of channels (Wu and He, arXiv 1803.08494). */
    GN_RELU("native-gn-relu", Use.NONE),
    /** max(γ·z + β, 0), statistics over space and all channels (Ba et al.). */
    LN_RELU("native-ln-relu", Use.NONE),
    /** max(γ·z + β, 0), statistics over space (Ulyanov et al.). */
    IN_RELU("native-in-relu", Use.NONE),
    /** u·sigmoid(u) with u = γ·z + β, statistics over batch and space. */
    BN_SILU("native-bn-silu", Use.OF_THE_BATCH),
    /** u·sigmoid(u) with u = γ·z + β, statistics over space and a group of channels. */
    GN_SILU("native-gn-silu", Use.NONE),
    /** BatchNorm, then GroupNorm with an affine per group, then ReLU (Qiao et al., arXiv 1911.09738). */
    BCN_RELU("bcn-relu", Use.OF_THE_BATCH),
    /** The same for micro-batches: BatchNorm by running statistics, in training too, constant for the gradient. */
    BCN_ESTIMATE_RELU("bcn-estimate-relu", Use.ITS_OWN),
    /** Half of the channels instance-normalized with affine, then LeakyReLU 0.2 (Chen et al., arXiv 2105.06086). */
    HALF_IN_LEAKY("hin-leaky", Use.NONE),
    /** max(γ·x/√(mean x² + ε) + β, τ) (Singh and Krishnan, arXiv 1911.09737). */
    FRN_TLU("frn-tlu", Use.NONE),
    /** Batch Renormalization, then ReLU (Ioffe, arXiv 1702.03275). */
    BRN_RELU("brn-relu", Use.ITS_OWN);

    /** BCN's moving speed of the running statistics; the authors set it from outside, their schedule is unknown. */
    static final double ESTIMATE_RATE = 0.1;
    /** Batch Renormalization's averages are fast: a rate of 0.01. */
    static final double RENORM_DECAY = 0.99;

    private final String label;
    private final Use use;

    /** How a layer uses statistics over the batch. */
    public enum Use {
        /** Not at all. */
        NONE,
        /** The batch's own in training, and what the proxy says in evaluation. */
        OF_THE_BATCH,
        /** In a way that belongs to the layer, in training and evaluation. */
        ITS_OWN
    }

    NativeLayer(String label, Use use) {
        this.label = label;
        this.use = use;
    }

    /** What it is called on command lines and in reports. */
    public String label() {
        return label;
    }

    public Use use() {
        return use;
    }

    /** What it needs of the training in place of the proxy's statistics; null where the proxy's hold. */
    public @Nullable BatchStatistics statistics() {
        return switch (this) {
            case BCN_ESTIMATE_RELU -> new BatchStatistics.Estimated(ESTIMATE_RATE);
            case BRN_RELU -> new BatchStatistics.Moving(RENORM_DECAY);
            case BN_RELU, GN_RELU, LN_RELU, IN_RELU, BN_SILU, GN_SILU, BCN_RELU, HALF_IN_LEAKY, FRN_TLU -> null;
        };
    }

    public static Optional<NativeLayer> find(String label) {
        return Arrays.stream(values()).filter(layer -> layer.label.equals(label)).findFirst();
    }

    /** All labels, in the order in which {@code layers} lists them. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(NativeLayer::label).toList();
    }
}
