package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.IndexSet;
import dev.normforge.worker.engine.Constants;
import java.util.List;

/**
 * Filter Response Normalization, then the thresholded linear unit (Singh and Krishnan, arXiv 1911.09737): ν² = mean of x² over
 * each image's space, y = γ·x/√(ν² + |ε|) + β, max(y, τ), with γ, β and τ per channel. τ starts at 0, as in timm's code.
 *
 * <p>ε is the proxy's, 1e-5 by default as in timm; the paper has 1e-6. For 1×1 maps and vectors the paper makes ε a parameter
 * that starts at 1e-4, since x/√(x² + ε) is little more than the sign of x. It is fixed here for them too: no anchor has a
 * layer on 1×1 maps, and what a slot trains must not depend on the size of the images.
 */
record FilterResponseThreshold(Standardizer standardizer, Constants constants) implements Written {

    @Override
    public NDArray forward(NDArray x, List<NDArray> parameters, BatchMoments moments) {
        var half = constants.of(0.5);
        var tau = parameters.get(2);
        var inverse = standardizer.inverseRootMeanSquare(x, IndexSet.INSTANCE);
        // max(y, τ) = max(y − τ, 0) + τ
        var scale = inverse.mul(parameters.get(0)).mul(half);
        var shift = parameters.get(1).sub(tau).mul(half);
        return Activation.twiceRectified(x.mul(scale).addi(shift), constants).addi(tau);
    }

    @Override
    public long flops(long pixels) {
        long numbers = standardizer.channels() * pixels;
        return 6 * numbers + standardizer.channels();
    }
}
