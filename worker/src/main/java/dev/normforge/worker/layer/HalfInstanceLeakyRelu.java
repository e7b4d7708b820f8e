package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Numerics;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import java.util.List;

/**
 * Half Instance Normalization, then LeakyReLU (Chen et al., HINet, arXiv 2105.06086): the first half of the channels
 * standardized over each image's space and scaled, γ·z + β, beside the other half as it is; of all that max(u, 0.2·u).
 *
 * <p>The paper has even C. Of an odd C the normalized part has the odd one, so that a single channel is normalized too. At a
 * tie the slope is 0.2, as in the authors' framework: no graph has this activation.
 *
 * @param standardizer of the normalized part
 * @param channels C
 */
record HalfInstanceLeakyRelu(Standardizer standardizer, int channels) implements Written {

    private static final double SLOPE = 0.2;

    static HalfInstanceLeakyRelu of(int channels, Numerics numerics, Constants constants) {
        return new HalfInstanceLeakyRelu(new Standardizer(normalized(channels), numerics, constants), channels);
    }

    /** How many channels are normalized: ⌈C/2⌉. */
    static int normalized(int channels) {
        return (channels + 1) / 2;
    }

    @Override
    public NDArray forward(NDArray x, List<NDArray> parameters, BatchMoments moments) {
        if (channels == 1) {
            return Kernels.leakyRectified(normalized(x, parameters), SLOPE);
        }
        var halves = Kernels.splitChannels(x, standardizer.channels());
        var u = Kernels.beside(normalized(halves.get(0), parameters), halves.get(1));
        return Kernels.leakyRectified(u, SLOPE);
    }

    private NDArray normalized(NDArray half, List<NDArray> parameters) {
        return standardizer.within(half, IndexSet.INSTANCE).affine(parameters.getFirst(), parameters.getLast());
    }

    @Override
    public long flops(long pixels) {
        return standardizer.flops(IndexSet.INSTANCE, pixels) + LayerFlops.AFFINE * standardizer.channels() * pixels
                + channels * pixels;
    }
}
