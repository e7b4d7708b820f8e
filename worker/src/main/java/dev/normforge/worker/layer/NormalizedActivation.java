package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.IndexSet;
import dev.normforge.worker.engine.Constants;
import java.util.List;

/**
 * An activation of γ·z + β with z = (x − μ)/√(σ² + ε): BatchNorm over {@code bwh} (Ioffe and Szegedy, arXiv 1502.03167),
 * GroupNorm over {@code whc/g} (Wu and He, arXiv 1803.08494), LayerNorm over {@code whc} and InstanceNorm over {@code wh}, its
 * cases of one group and of as many as channels; then ReLU, or SiLU, which is Swish with β = 1 (arXiv 1710.05941).
 *
 * <p>The twin of a graph in {@link dev.normforge.graph.NamedLayers}: γ is its v1, β its v0, with gradients at ties alike.
 */
record NormalizedActivation(IndexSet over, Activation activation, Standardizer standardizer,
        Constants constants) implements Written {

    @Override
    public NDArray forward(NDArray x, List<NDArray> parameters, BatchMoments moments) {
        var z = switch (over) {
            case BATCH -> standardizer.overBatch(x, moments);
            case LAYER, INSTANCE, GROUP -> standardizer.within(x, over);
        };
        return activation.of(z, parameters.getFirst(), parameters.getLast(), constants);
    }

    @Override
    public long flops(long pixels) {
        return standardizer.flops(over, pixels) + activation.flops() * standardizer.channels() * pixels;
    }
}
