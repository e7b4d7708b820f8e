package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * slot, 1×1, slot, k×k, slot, 1×1, plus the input (He et al., identity mappings). Where the shape changes, the shortcut is
 * a projection of the first slot's result.
 *
 * @param first the first slot
 * @param main what follows it
 * @param projection null for the identity
 */
record PreActivationBottleneck(Block first, Block main, @Nullable Block projection) implements Block {

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var activated = first.forward(x, pass);
        var shortcut = projection == null ? x : projection.forward(activated, pass);
        return main.forward(activated, pass).add(shortcut);
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        var activated = first.count(in, tally);
        if (projection != null) {
            projection.count(activated, tally);
        }
        var maps = main.count(activated, tally);
        tally.add(maps.numbers());
        return maps;
    }
}
