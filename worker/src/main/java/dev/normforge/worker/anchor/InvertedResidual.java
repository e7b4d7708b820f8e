package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;

/**
 * 1×1 to more channels, slot, depthwise k×k, slot, perhaps squeeze-excitation, 1×1 to fewer with an affine alone (Sandler et
 * al.; Tan and Le).
 *
 * @param residual whether the input is added: same channels, stride 1
 */
record InvertedResidual(Block main, boolean residual) implements Block {

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var y = main.forward(x, pass);
        return residual ? y.add(x) : y;
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        var maps = main.count(in, tally);
        tally.add(residual ? maps.numbers() : 0);
        return maps;
    }
}
