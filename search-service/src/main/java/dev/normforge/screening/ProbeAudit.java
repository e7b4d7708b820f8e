package dev.normforge.screening;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.SearchSpec;
import java.util.List;
import java.util.Optional;

/** Trains what the numeric probe refuses, to show that nothing was lost: the layers to train, and what their scores say. */
public final class ProbeAudit {

    /** A layer that the static rules let through and the numeric probe refuses. */
    public record Refusal(LayerGraph graph, String formula, Verdict.Rule rule, double value) {
    }

    private ProbeAudit() {
    }

    /** The first {@code count} distinct refusals among random graphs of this seed. */
    public static List<Refusal> refusals(SearchSpec.Space space, Numerics numerics, long seed, int count) {
        throw new UnsupportedOperationException("not yet " + space + numerics + seed + count);
    }

    /**
     * Whether a trained refusal is above chance + 4 standard errors of chance on any anchor.
     *
     * @param classes of the data set
     * @return the anchor's score that is, empty where none
     */
    public static Optional<AnchorScore> aboveChance(List<AnchorScore> scores, int classes) {
        throw new UnsupportedOperationException("not yet " + scores + classes);
    }
}
