package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.IndexSet;
import dev.normforge.worker.engine.Constants;
import java.util.List;

/**
 * Batch-Channel Normalization, then ReLU (Qiao et al., arXiv 1911.09738): u = γ·(x − μ)/√(σ² + ε) + β over the batch with an
 * affine per channel; then max(w·(u − μ_g)/√(σ_g² + ε) + b, 0) over each image's groups of channels, with a weight and a bias
 * per group as in the authors' code, (1, G, 1).
 *
 * <p>Both published forms: they differ in μ and σ², which is {@link BatchMoments}'s affair. In the batch form they are the
 * batch's own, with gradient. In the estimate form, for micro-batches, whoever watches answers the batch's statistics with
 * running ones that it has updated, constants for the gradient, and keeps these for evaluation: m ← (1−r)·m + r·μ,
 * v ← (1−r)·v + r·mean((x − m before)²). Where nobody watches, it is the batch form. The authors' ε is 1e-5 in both parts.
 */
record BatchChannelRelu(Standardizer standardizer, int groups, Constants constants) implements Written {

    @Override
    public NDArray forward(NDArray x, List<NDArray> parameters, BatchMoments moments) {
        var u = standardizer.overBatch(x, moments).affine(parameters.get(0), parameters.get(1));
        return Activation.RELU.of(standardizer.within(u, IndexSet.GROUP), perChannel(parameters.get(2)),
                perChannel(parameters.get(3)), constants);
    }

    /** (1, G, 1) to (1, C, 1, 1), each number for every channel of its group. */
    private NDArray perChannel(NDArray perGroup) {
        int channels = standardizer.channels();
        return perGroup.broadcast(1, groups, channels / groups).reshape(1, channels, 1, 1);
    }

    @Override
    public long flops(long pixels) {
        long numbers = standardizer.channels() * pixels;
        return standardizer.flops(IndexSet.BATCH, pixels) + LayerFlops.AFFINE * numbers
                + standardizer.flops(IndexSet.GROUP, pixels) + Activation.RELU.flops() * numbers;
    }
}
