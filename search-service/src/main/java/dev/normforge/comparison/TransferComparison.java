package dev.normforge.comparison;

import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.ComparisonSpec.Grid;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.SearchSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Does a find transfer? Confirmed layers of a search and references, trained as confirmation trains, on networks that the
 * search never saw and scored on test images, which selected nobody.
 */
public final class TransferComparison {

    /** What a found layer stands beside: what people use, what the paper found, and the dense task's own layer. */
    public static final List<String> REFERENCES = List.of("bn-relu", "gn-relu", "evonorm-b0", "evonorm-s0",
            "hin-leaky");

    private static final String NAME = "transfer";

    private TransferComparison() {
    }

    /** The layers whose transfer a comparison asks about, by label; empty where it asks about none. */
    public static List<String> found(ComparisonSpec spec) {
        return spec.name().equals(NAME)
                ? spec.layers().stream().filter(ComparedLayer.Graph.class::isInstance)
                        .map(layer -> ((ComparedLayer.Graph) layer).label()).toList()
                : List.of();
    }

    /**
     * @param found confirmed layers
     * @param search whose images, training and numerics are used
     * @param anchors networks
     * @param firstSeed of the seeds; to be another than the search's own
     */
    public static ComparisonSpec of(List<ComparedLayer.Graph> found, SearchSpec search, List<AnchorSpec> anchors,
            int seeds, long firstSeed) {
        var layers = new ArrayList<ComparedLayer>(found);
        REFERENCES.forEach(name -> layers.add(new ComparedLayer.Named(name)));
        var confirmation = search.confirmation();
        var proxy = search.proxy().confirming(confirmation.steps(), confirmation.statistics()).withAnchors(anchors);
        var grid = new Grid(List.of(), Grid.RateScaling.LINEAR, List.of(), List.of(), List.of(), List.of(), List.of(),
                false);
        return new ComparisonSpec(NAME, layers, proxy, grid, seeds, firstSeed, ScoredOn.TEST, 0, false, null,
                List.of());
    }
}
