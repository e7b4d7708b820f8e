package dev.normforge.protocol;

import dev.normforge.graph.LayerGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to train one layer on every anchor of a proxy with one seed.
 *
 * @param id the evaluation's id, 0 where there is no database
 * @param layer what to train
 * @param proxy the task
 * @param seed of initial weights and batch order; the same for all layers of a replicate, so that differences are less noisy
 * @param gates whether a bad layer is given up; off for calibration, references, comparisons and {@code evaluate}
 * @param audit whether a layer that a gate rejects is trained to the end all the same, to measure false rejections
 * @param stabilityFloor accuracy of the first anchor from which the remaining ascent steps run; null for always
 * @param scoredOn which held-out images are counted
 * @param observation what else is looked at, null for nothing
 */
public record EvaluationRequest(long id, SlotLayer layer, ProxySpec proxy, long seed, boolean gates, boolean audit,
        @Nullable Double stabilityFloor, ScoredOn scoredOn, @Nullable Observation observation) {

    /**
     * Held-out images. In a search, test images are counted in the last confirmation runs alone, and sealed until the list is
     * frozen; a comparison may score on them, since it selects nothing.
     */
    public enum ScoredOn {
        SEARCH, CONFIRM, CONFIRM_AND_TEST, TEST
    }

    /** A graph, scored and nothing else. */
    public EvaluationRequest(long id, LayerGraph layer, ProxySpec proxy, long seed, boolean gates, boolean audit,
            @Nullable Double stabilityFloor, ScoredOn scoredOn) {
        this(id, new SlotLayer.Graph(layer), proxy, seed, gates, audit, stabilityFloor, scoredOn, null);
    }

    /** The same request on some of the anchors. */
    public EvaluationRequest onAnchors(List<AnchorSpec> anchors) {
        return new EvaluationRequest(id, layer, proxy.withAnchors(anchors), seed, gates, audit, stabilityFloor,
                scoredOn, observation);
    }
}
