package dev.normforge.worker.layer;

import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.worker.engine.Constants;
import java.util.function.IntFunction;

/** From what is ordered to what stands in a slot. */
public final class Slots {

    private Slots() {
    }

    /** Makes the slot of a number of channels. */
    public static IntFunction<Slot> of(SlotLayer layer, Numerics numerics, Constants constants) {
        return switch (layer) {
            case SlotLayer.Graph(var graph) -> {
                var phenotype = new Simplifier(numerics).simplify(graph);
                yield channels -> new GraphLayer(phenotype, channels, numerics, constants);
            }
            case SlotLayer.Native(var written) -> channels -> new WrittenSlot(written, channels, numerics, constants);
        };
    }
}
