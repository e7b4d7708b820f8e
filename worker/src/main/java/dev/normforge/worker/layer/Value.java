package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.Extent;
import org.jspecify.annotations.Nullable;

/** A value in mid-computation. */
sealed interface Value {

    /**
     * A value without spatial axes, in the shape of its extent: (1 | N, 1 | G | C, 1, 1), or without axes for a number.
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
        /** Whether not the base itself is meant but the base with mean 0 and deviation 1 over the batch. */
        final @Nullable BatchNormalized normalized;
        final @Nullable Small scale;
        final boolean negative;
        final @Nullable Small shift;
        /** The array of this value once it was needed. */
        @Nullable
        NDArray array;

        Full(NDArray base, @Nullable BatchNormalized normalized, @Nullable Small scale, boolean negative,
                @Nullable Small shift) {
            this.base = base;
            this.normalized = normalized;
            this.scale = scale;
            this.negative = negative;
            this.shift = shift;
        }

        static Full of(NDArray base) {
            return new Full(base, null, null, false, null);
        }

        Full withShift(@Nullable Small other) {
            return new Full(base, normalized, scale, negative, other);
        }

        boolean plain() {
            return scale == null && !negative && shift == null && normalized == null;
        }
    }

    /**
     * The aggregations of a batch normalization, as positions in the phenotype.
     *
     * @param of the term that is normalized
     * @param mean the term of the mean
     * @param deviation the term of the deviation
     */
    record BatchNormalized(int of, int mean, int deviation) {
    }
}
