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
}
