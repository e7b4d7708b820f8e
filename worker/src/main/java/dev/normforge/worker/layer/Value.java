package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.Extent;
import org.jspecify.annotations.Nullable;

/** A value in mid-computation. */
sealed interface Value {

    /**
     * A value without spatial axes, in the shape of its extent: (1 | N, 1 | C, 1, 1), or without axes for a number. What is one
     * number for a group of channels stands there for each of them.
     */
    record Small(NDArray array, Extent extent) implements Value {
    }

    /**
     * A value as large as x: base · scale + shift (scale with its sign turned if {@code negative}). Scale and shift wait, so
     * that factors meet at N × C numbers instead of N × C × H × W.
     */
    final class Full implements Value {
        /** What scale and shift wait for: (N, C, H, W). */
        final NDArray base;
        final @Nullable Small scale;
        final boolean negative;
        final @Nullable Small shift;
        /** The array of this value once it was needed. */
        @Nullable
        NDArray array;

        Full(NDArray base, @Nullable Small scale, boolean negative, @Nullable Small shift) {
            this.base = base;
            this.scale = scale;
            this.negative = negative;
            this.shift = shift;
        }

        static Full of(NDArray base) {
            return new Full(base, null, false, null);
        }

        Full withShift(@Nullable Small other) {
            return new Full(base, scale, negative, other);
        }
    }
}
