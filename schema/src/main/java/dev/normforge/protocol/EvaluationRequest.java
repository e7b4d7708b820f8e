package dev.normforge.protocol;

import dev.normforge.graph.LayerGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to train one layer on every anchor of a proxy with one seed.
 *
 * @param id the evaluation's id, 0 where there is no database
 * @param layer the graph to train
 * @param proxy the task
 * @param seed of initial weights and batch order; the same for all layers of a replicate, so that differences are less noisy
 * @param gates whether a bad layer is given up; off for calibration, references, comparisons and {@code evaluate}
 * @param audit whether a layer that a gate rejects is trained to the end all the same, to measure false rejections
 * @param stabilityFloor accuracy of the first anchor from which the remaining ascent steps run; null for always
 * @param scoredOn which held-out images are counted
 */
public record EvaluationRequest(long id, LayerGraph layer, ProxySpec proxy, long seed, boolean gates, boolean audit,
        @Nullable Double stabilityFloor, ScoredOn scoredOn) {

    /** Held-out images. Test images are counted in the last confirmation runs alone, and sealed until the list is frozen. */
    public enum ScoredOn {
        SEARCH, CONFIRM, CONFIRM_AND_TEST
    }

    /** The same request on some of the anchors. */
    public EvaluationRequest onAnchors(List<AnchorSpec> anchors) {
        var fewer = new ProxySpec(proxy.data(), anchors, proxy.training(), proxy.numerics(), proxy.statistics(),
                proxy.rejections());
        return new EvaluationRequest(id, layer, fewer, seed, gates, audit, stabilityFloor, scoredOn);
    }
}
