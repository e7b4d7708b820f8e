package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * slot, 1×1, slot, k×k, slot, 1×1, plus the input (He et al., identity mappings). Where the shape changes, the shortcut is
 * a projection of the first slot's result.
 *
 * @param projection null for the identity
 */
record PreActivationBottleneck(Block first, Block reduce, Block second, Block spatial, Block third, Block expand,
        @Nullable Block projection) implements Block {

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var activated = first.forward(x, pass);
        var shortcut = projection == null ? x : projection.forward(activated, pass);
        var inner = second.forward(reduce.forward(activated, pass), pass);
        return expand.forward(third.forward(spatial.forward(inner, pass), pass), pass).add(shortcut);
    }
}
