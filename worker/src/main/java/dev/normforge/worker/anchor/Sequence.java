package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** One block after the other. */
record Sequence(List<Block> blocks) implements Block {

    Sequence {
        blocks = List.copyOf(blocks);
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var y = x;
        for (var block : blocks) {
            y = block.forward(y, pass);
        }
        return y;
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        var maps = in;
        for (var block : blocks) {
            maps = block.count(maps, tally);
        }
        return maps;
    }
}
