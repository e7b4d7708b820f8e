package dev.normforge.protocol;

import dev.normforge.graph.Numerics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The task on which layers are compared: everything but the layer and the seed that decides a score. It cannot name the
 * test images.
 *
 * @param data which images, at which size
 * @param anchors the networks, in the order in which they are trained, cheapest first
 * @param training how each is trained
 * @param numerics groups and epsilon of every layer of the search
 * @param statistics what stands for batch statistics at evaluation
 * @param rejections when a training is given up
 * @param weightStandardization of every convolution that a layer follows; null for none
 * @param normalizationBatch images whose statistics a layer sees together, a divisor of the batch ("Rethinking Batch"); null
 *        for the whole batch
 * @param batchOrder which images share a batch; null for shuffled
 */
public record ProxySpec(DataSpec data, List<AnchorSpec> anchors, Training training, Numerics numerics,
        BatchStatistics statistics, Rejections rejections, @Nullable WeightStandardization weightStandardization,
        @Nullable Integer normalizationBatch, @Nullable BatchOrder batchOrder) {

    public ProxySpec {
        anchors = List.copyOf(anchors);
        Require.that(!anchors.isEmpty() && anchors.size() <= 8, "proxy.anchors", anchors.size() + " anchors", "1 to 8");
        var names = anchors.stream().map(AnchorSpec::name).toList();
        Require.that(names.stream().distinct().count() == names.size(), "proxy.anchors", names, "distinct names");
        int anchorCount = anchors.size();
        Require.that(rejections.stability().anchor() < anchorCount, "proxy.rejections.stability.anchor",
                rejections.stability().anchor(), "an index below " + anchorCount);
        Require.within("proxy.training.batch", training.batch(), 1, data.train());
        Require.within("proxy.rejections.stability.images", rejections.stability().images(), 1, data.train());
        requireImages("proxy.statistics.images", statistics, data);
        for (var anchor : anchors) {
            Require.that(weightStandardization == null || !anchor.hasFiltersOfOneWeight(),
                    "proxy.weightStandardization",
                    weightStandardization,
                    "null, since depthwise filters of 1×1 in %s have one weight each, which has no"
                            .formatted(anchor.name()) + " deviation");
        }
        if (normalizationBatch != null) {
            requireNormalizationBatch(normalizationBatch, training.batch());
        }
    }

    /** Layers that normalize whole batches, shuffled, on plain convolutions. */
    public ProxySpec(DataSpec data, List<AnchorSpec> anchors, Training training, Numerics numerics,
            BatchStatistics statistics, Rejections rejections) {
        this(data, anchors, training, numerics, statistics, rejections, null, null, null);
    }

    private static void requireNormalizationBatch(int normalizationBatch, int batch) {
        Require.that(normalizationBatch <= batch, "proxy.normalizationBatch", normalizationBatch,
                "at most the batch of %d: statistics over more images than a step sees are not to be had".formatted(
                        batch));
        Require.that(normalizationBatch >= 1 && batch % normalizationBatch == 0, "proxy.normalizationBatch",
                normalizationBatch, "a divisor of the batch of %d".formatted(batch));
    }

    static void requireImages(String field, BatchStatistics statistics, DataSpec data) {
        switch (statistics) {
            case BatchStatistics.Precise(var images, var _) -> Require.within(field, images, 1, data.train());
            case BatchStatistics.Frozen(var _, var images) -> Require.within(field, images, 1, data.train());
            case BatchStatistics.OfTheTestBatch _,BatchStatistics.Moving _,BatchStatistics.Estimated _ -> {
                // They count no images.
            }
        }
    }

    /** Images whose statistics a layer sees together in training. */
    public int normalized() {
        return normalizationBatch == null ? training.batch() : normalizationBatch;
    }

    public boolean ordersByClass() {
        return batchOrder == BatchOrder.BY_CLASS;
    }

    /**
     * The same task with longer training and other statistics: what confirmation measures. Statistics that change training
     * give way only to others that do: a layer is confirmed under the training that it was found for.
     */
    public ProxySpec confirming(int steps, BatchStatistics other) {
        boolean kept = statistics.changesTraining() && !other.changesTraining();
        return withTraining(training.withSteps(steps)).withStatistics(kept ? statistics : other);
    }

    public ProxySpec withData(DataSpec other) {
        return new ProxySpec(other, anchors, training, numerics, statistics, rejections, weightStandardization,
                normalizationBatch, batchOrder);
    }

    /** The stability test moves to the last anchor where its own is gone. */
    public ProxySpec withAnchors(List<AnchorSpec> other) {
        int stability = Math.clamp(rejections.stability().anchor(), 0, Math.max(0, other.size() - 1));
        return new ProxySpec(data, other, training, numerics, statistics, rejections.onAnchor(stability),
                weightStandardization, normalizationBatch, batchOrder);
    }

    public ProxySpec withTraining(Training other) {
        return new ProxySpec(data, anchors, other, numerics, statistics, rejections, weightStandardization,
                normalizationBatch, batchOrder);
    }

    public ProxySpec withNumerics(Numerics other) {
        return new ProxySpec(data, anchors, training, other, statistics, rejections, weightStandardization,
                normalizationBatch, batchOrder);
    }

    public ProxySpec withStatistics(BatchStatistics other) {
        return new ProxySpec(data, anchors, training, numerics, other, rejections, weightStandardization,
                normalizationBatch, batchOrder);
    }

    public ProxySpec withWeightStandardization(@Nullable WeightStandardization other) {
        return new ProxySpec(data, anchors, training, numerics, statistics, rejections, other, normalizationBatch,
                batchOrder);
    }

    public ProxySpec withNormalizationBatch(@Nullable Integer other) {
        return new ProxySpec(data, anchors, training, numerics, statistics, rejections, weightStandardization, other,
                batchOrder);
    }

    public ProxySpec withBatchOrder(@Nullable BatchOrder other) {
        return new ProxySpec(data, anchors, training, numerics, statistics, rejections, weightStandardization,
                normalizationBatch, other);
    }
}
