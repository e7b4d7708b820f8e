package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * The trainable vectors of a slot, each (1, C, 1, 1), in the scope of the step.
 *
 * @param v0 starts at 0; null where the layer does not use it
 * @param v1 starts at 1; null where the layer does not use it
 * @param gamma the trailing factor, starts at 1
 * @param beta the trailing summand, starts at 0
 */
public record SlotParameters(@Nullable NDArray v0, @Nullable NDArray v1, NDArray gamma, NDArray beta) {
}
