package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.layer.BatchMoments;
import java.util.List;

/**
 * What one forward pass of a network is given.
 *
 * @param parameters in the order and shapes of the network's table, in the scope of the pass
 * @param moments one for each slot, in order
 */
public record Pass(List<NDArray> parameters, List<BatchMoments> moments) {

    NDArray parameter(int index) {
        return parameters.get(index);
    }
}
