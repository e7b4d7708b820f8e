package dev.normforge.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Published layers that are written by hand in the worker: those that no graph of the search space can express, and twins of
 * some that one can, as a check of both. None has the trailing affine of a graph. Formulas read as those of graphs do, with ε
 * inside every std and rms; the worker's classes say more.
 */
public enum NativeLayer {

    /** BatchNorm (Ioffe and Szegedy), then ReLU. */
    BN_RELU("native-bn-relu", Use.OF_THE_BATCH, "max(scale * ((x - mean_bwh(x)) / std_bwh(x)) + shift, 0)",
            "Ioffe and Szegedy, arXiv 1502.03167", Parameter.AFFINE),
    /** GroupNorm (Wu and He), then ReLU. */
    GN_RELU("native-gn-relu", Use.NONE, "max(scale * ((x - mean_whc/g(x)) / std_whc/g(x)) + shift, 0)",
            "Wu and He, arXiv 1803.08494", Parameter.AFFINE),
    /** LayerNorm (Ba et al.), with the affine of GroupNorm, then ReLU. */
    LN_RELU("native-ln-relu", Use.NONE, "max(scale * ((x - mean_whc(x)) / std_whc(x)) + shift, 0)",
            "Ba et al., arXiv 1607.06450, as GroupNorm of one group", Parameter.AFFINE),
    /** InstanceNorm (Ulyanov et al.), then ReLU. */
    IN_RELU("native-in-relu", Use.NONE, "max(scale * ((x - mean_wh(x)) / std_wh(x)) + shift, 0)",
            "Ulyanov et al., arXiv 1607.08022", Parameter.AFFINE),
    /** BatchNorm, then SiLU. */
    BN_SILU("native-bn-silu", Use.OF_THE_BATCH,
            "a * sigmoid(a) where a = scale * ((x - mean_bwh(x)) / std_bwh(x)) + shift",
            "Ioffe and Szegedy, arXiv 1502.03167; Ramachandran et al., arXiv 1710.05941, with β = 1", Parameter.AFFINE),
    /** GroupNorm, then SiLU. */
    GN_SILU("native-gn-silu", Use.NONE,
            "a * sigmoid(a) where a = scale * ((x - mean_whc/g(x)) / std_whc/g(x)) + shift",
            "Wu and He, arXiv 1803.08494; Ramachandran et al., arXiv 1710.05941, with β = 1", Parameter.AFFINE),
    /** BatchNorm, then GroupNorm with an affine per group, then ReLU. */
    BCN_RELU("bcn-relu", Use.OF_THE_BATCH,
            "max(weight * ((a - mean_whc/g(a)) / std_whc/g(a)) + bias, 0)"
                    + " where a = scale * ((x - mean_bwh(x)) / std_bwh(x)) + shift",
            "Batch-Channel Normalization, Qiao et al., arXiv 1911.09738 and 1903.10520v2", Parameter.TWO_AFFINES),
    /** The same for micro-batches: BatchNorm by running statistics, in training too, constant for the gradient. */
    BCN_ESTIMATE_RELU("bcn-estimate-relu", Use.ITS_OWN,
            "max(weight * ((a - mean_whc/g(a)) / std_whc/g(a)) + bias, 0)"
                    + " where a = scale * ((x - m) / s) + shift with running m, s, in training too",
            "Batch-Channel Normalization for micro-batches, Qiao et al., arXiv 1911.09738", Parameter.TWO_AFFINES),
    /** Half of the channels instance-normalized with affine, all through LeakyReLU 0.2. */
    HALF_IN_LEAKY("hin-leaky", Use.NONE,
            "max(a, 0.2 * a) where a = concat(scale * ((b - mean_wh(b)) / std_wh(b)) + shift, c)"
                    + " with b, c = first half of x's channels, the others",
            "Half Instance Normalization, Chen et al., arXiv 2105.06086", Parameter.AFFINE_OF_HALF),
    /** Filter Response Normalization, then the thresholded linear unit. */
    FRN_TLU("frn-tlu", Use.NONE, "max(scale * (x / rms_wh(x)) + shift, threshold)",
            "Filter Response Normalization, Singh and Krishnan, arXiv 1911.09737", Parameter.AFFINE_AND_THRESHOLD),
    /** Batch Renormalization, then ReLU. */
    BRN_RELU("brn-relu", Use.ITS_OWN,
            "max(scale * (r * ((x - mean_bwh(x)) / std_bwh(x)) + d) + shift, 0)"
                    + " where r = clip(std_bwh(x) / s, 1/rmax, rmax), d = clip((mean_bwh(x) - m) / s, -dmax, dmax)"
                    + " with running m, s",
            "Batch Renormalization, Ioffe, arXiv 1702.03275", Parameter.AFFINE);

    /** BCN's moving speed of the running statistics; the authors set it from outside, their schedule is unknown. */
    static final double ESTIMATE_RATE = 0.1;
    /** Batch Renormalization's averages are fast: a rate of 0.01. */
    static final double RENORM_DECAY = 0.99;

    private final String label;
    private final Use use;
    private final String formula;
    private final String source;
    private final List<Parameter> parameters;

    /** How a layer uses statistics over the batch. */
    public enum Use {
        /** Not at all. */
        NONE,
        /** The batch's own in training, and what the proxy says in evaluation. */
        OF_THE_BATCH,
        /** In a way that belongs to the layer, in training and evaluation. */
        ITS_OWN
    }

    /**
     * What a layer trains.
     *
     * @param per what has a number of its own
     * @param start value of all its numbers before training
     */
    public record Parameter(String name, Per per, double start) {

        private static final List<Parameter> AFFINE = List.of(new Parameter("scale", Per.CHANNEL, 1),
                new Parameter("shift", Per.CHANNEL, 0));
        private static final List<Parameter> AFFINE_OF_HALF = List.of(new Parameter("scale", Per.NORMALIZED_CHANNEL, 1),
                new Parameter("shift", Per.NORMALIZED_CHANNEL, 0));
        private static final List<Parameter> AFFINE_AND_THRESHOLD = List.of(AFFINE.getFirst(), AFFINE.getLast(),
                new Parameter("threshold", Per.CHANNEL, 0));
        private static final List<Parameter> TWO_AFFINES = List.of(AFFINE.getFirst(), AFFINE.getLast(),
                new Parameter("weight", Per.GROUP, 1), new Parameter("bias", Per.GROUP, 0));

        /** What has a number of its own. */
        public enum Per {
            CHANNEL("channel"),
            /** Of the half that is normalized: ⌈C/2⌉ of C channels. */
            NORMALIZED_CHANNEL("normalized channel"),
            GROUP("group of channels");

            private final String words;

            Per(String words) {
                this.words = words;
            }
        }

        /** For people. */
        public String text() {
            return "%s for each %s, from %.0f".formatted(name, per.words, start);
        }
    }

    NativeLayer(String label, Use use, String formula, String source, List<Parameter> parameters) {
        this.label = label;
        this.use = use;
        this.formula = formula;
        this.source = source;
        this.parameters = parameters;
    }

    /** What it is called on command lines and in reports. */
    public String label() {
        return label;
    }

    public Use use() {
        return use;
    }

    /** What it computes, for people. */
    public String formula() {
        return formula;
    }

    /** Where it was published. */
    public String source() {
        return source;
    }

    /** What it trains, in order. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Where its statistics over the batch come from, for people. */
    public String statisticsText() {
        var own = statistics();
        return switch (use) {
            case NONE -> "none over the batch";
            case OF_THE_BATCH -> "the batch's in training, the proxy's choice in evaluation";
            case ITS_OWN -> "its own, whatever the proxy says" + (own == null ? "" : ": " + own.label());
        };
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
