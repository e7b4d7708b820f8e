package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trainable vectors of a graph's slot, each (1, C, 1, 1), in the scope of the step.
 *
 * @param v0 starts at 0; null where the layer does not use it
 * @param v1 starts at 1; null where the layer does not use it
 * @param gamma the trailing factor, starts at 1
 * @param beta the trailing summand, starts at 0
 */
record SlotParameters(@Nullable NDArray v0, @Nullable NDArray v1, NDArray gamma, NDArray beta) {

    /** What a layer trains: v0 and v1 where it uses them, then gamma and beta. */
    static List<SlotParameter> of(Phenotype layer, int channels) {
        var all = new ArrayList<SlotParameter>();
        if (layer.uses(Term.Source.V0)) {
            all.add(SlotParameter.perChannel(channels, 0));
        }
        if (layer.uses(Term.Source.V1)) {
            all.add(SlotParameter.perChannel(channels, 1));
        }
        all.add(SlotParameter.perChannel(channels, 1));
        all.add(SlotParameter.perChannel(channels, 0));
        return all;
    }

    /** The arrays of {@link #of(Phenotype, int)} by name. */
    static SlotParameters of(Phenotype layer, List<NDArray> arrays) {
        var next = arrays.iterator();
        var v0 = layer.uses(Term.Source.V0) ? next.next() : null;
        var v1 = layer.uses(Term.Source.V1) ? next.next() : null;
        return new SlotParameters(v0, v1, next.next(), next.next());
    }
}
