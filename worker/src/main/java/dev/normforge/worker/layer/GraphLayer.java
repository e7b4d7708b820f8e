package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.worker.engine.Constants;
import java.util.List;

/**
 * A phenotype as tensor operations, fast: every value in the smallest shape that holds it, factors of a sample or channel
 * multiplied together before they meet the full tensor, divisions by small values as products with reciprocals.
 *
 * <p>Values and gradients are the interpreter's up to rounding, at ties of a maximum too.
 */
public final class GraphLayer implements Slot {

    private final Phenotype phenotype;
    private final int channels;
    private final Numerics numerics;
    private final Constants constants;
    private final TermFacts facts;

    /**
     * @param phenotype what to compute, best simplified
     * @param channels C of its input
     * @param numerics groups and ε
     * @param constants numbers of the precision in which it runs
     */
    public GraphLayer(Phenotype phenotype, int channels, Numerics numerics, Constants constants) {
        if (channels < 1) {
            throw new IllegalArgumentException("channels is %d, expected at least 1".formatted(channels));
        }
        this.phenotype = phenotype;
        this.channels = channels;
        this.numerics = numerics;
        this.constants = constants;
        this.facts = new TermFacts(phenotype);
    }

    @Override
    public List<SlotParameter> parameters() {
        return SlotParameters.of(phenotype, channels);
    }

    @Override
    public NDArray forward(NDArray x, List<NDArray> all, BatchMoments moments) {
        var parameters = SlotParameters.of(phenotype, all);
        var smalls = new Smalls(channels, numerics.groupsFor(channels), constants);
        var aggregations = new Aggregations(smalls, constants, numerics.epsilon(), moments);
        var factors = new Factors(smalls, constants);
        var scope = x.getManager();
        // A scope of its own: memory of values in between is used again while it is in the cache.
        try (var inner = scope.newSubManager()) {
            x.attach(inner);
            var y = new LayerPass(phenotype, facts, constants, numerics.epsilon(), smalls, factors, aggregations, x,
                    parameters).output();
            y.attach(scope);
            x.attach(scope);
            return y;
        }
    }

    @Override
    public long flops(int height, int width) {
        return LayerFlops.inEvaluation(phenotype, numerics, channels, height, width);
    }
}
