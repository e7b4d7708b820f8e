package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * 1×1 to more channels, slot, depthwise k×k, slot, perhaps squeeze-excitation, 1×1 to fewer with an affine alone (Sandler et
 * al.; Tan and Le).
 *
 * @param residual whether the input is added: same channels, stride 1
 */
record InvertedResidual(List<Block> blocks, boolean residual) implements Block {

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var y = x;
        for (var block : blocks) {
            y = block.forward(y, pass);
        }
        return residual ? y.add(x) : y;
    }
}
