package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;

/**
 * k×k, activation, k×k, LeakyReLU, plus a 1×1 of the input (Chen et al., HINet, arXiv 2105.06086). The activation is the encoder's slot,
 * where the paper has half instance normalization and LeakyReLU, or LeakyReLU alone.
 */
record RestoringBlock(Block main, Block shortcut) implements Block {

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        return main.forward(x, pass).add(shortcut.forward(x, pass));
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        shortcut.count(in, tally);
        var maps = main.count(in, tally);
        tally.add(maps.numbers());
        return maps;
    }
}
