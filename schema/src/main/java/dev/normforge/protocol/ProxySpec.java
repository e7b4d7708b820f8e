package dev.normforge.protocol;

import dev.normforge.graph.Numerics;
import java.util.List;

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
 */
public record ProxySpec(DataSpec data, List<AnchorSpec> anchors, Training training, Numerics numerics,
        BatchStatistics statistics, Rejections rejections) {

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
    }

    static void requireImages(String field, BatchStatistics statistics, DataSpec data) {
        if (statistics instanceof BatchStatistics.Precise(int images)) {
            Require.within(field, images, 1, data.train());
        }
    }

    /** The same task with longer training and other statistics: what confirmation measures. */
    public ProxySpec confirming(int steps, BatchStatistics other) {
        return new ProxySpec(data, anchors, training.withSteps(steps), numerics, other, rejections);
    }
}
