package dev.normforge.comparison;

import dev.normforge.graph.Numerics;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.SlotLayer;

/**
 * A layer of a comparison, ready to be ordered.
 *
 * @param label what tables call it
 * @param layer what is trained
 * @param numerics that it is trained with
 * @param use how it uses statistics over the batch
 * @param meaning equal for layers that compute the same
 */
record PlannedLayer(String label, SlotLayer layer, Numerics numerics, NativeLayer.Use use, String meaning) {

    /** Whether what stands for batch statistics matters to it. */
    boolean takesStatistics() {
        return use == NativeLayer.Use.OF_THE_BATCH;
    }

    /** Whether it matters to it which images it sees together. */
    boolean seesTheBatch() {
        return use != NativeLayer.Use.NONE;
    }

    /** Whether the normalization batch changes its training: classes are sorted in runs of it, for every layer alike. */
    boolean feelsNormalization(BatchOrder order) {
        return seesTheBatch() || order == BatchOrder.BY_CLASS;
    }
}
