package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.protocol.BatchStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layer in one normalization-activation slot of a network, for a fixed number of channels. */
public interface Slot {

    /** What it trains, in the order in which {@link #forward} gets it. */
    List<SlotParameter> parameters();

    /** What it needs in place of the proxy's statistics over the batch; null where the proxy's hold. */
    default @Nullable BatchStatistics ownStatistics() {
        return null;
    }

    /**
     * @param x (N, C, H, W), in the scope in which the results shall live
     * @param parameters of this slot, in the scope of the step
     * @param moments where statistics over the batch come from
     * @return (N, C, H, W)
     */
    NDArray forward(NDArray x, List<NDArray> parameters, BatchMoments moments);

    /**
     * Operations on one image in evaluation, as every layer counts them: an element-wise operation is 1 for each number of
     * its result, of the shape that it is computed in (C for what varies over channels alone); a moment over channels or space
     * for each number that it is taken of 1 (mean), 2 (root mean square) or 3 (deviation), and 1 for each root; an affine 2
     * for each number, a rectifier or a sigmoid 1. Statistics over the batch are kept then, their roots too: neither they nor
     * what only they need counts.
     *
     * @param height of its maps
     * @param width of its maps
     */
    long flops(int height, int width);
}
