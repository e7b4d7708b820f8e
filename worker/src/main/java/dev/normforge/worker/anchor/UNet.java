package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.engine.Kernels;
import java.util.ArrayDeque;
import java.util.List;

/**
 * An encoder whose levels halve the maps, and a decoder that doubles them again and sees beside its own maps what the encoder
 * had at that size (Ronneberger et al., arXiv 1505.04597).
 *
 * @param levels of the encoder, each from the one before
 * @param rises of the decoder, from the deepest level upwards: one fewer
 */
record UNet(List<Block> levels, List<Rise> rises) implements Block {

    /**
     * One level up.
     *
     * @param narrow to fewer channels, before the maps are doubled: the 2×2 transposed convolution of the paper with its four
     *        weights alike, at a quarter of the work
     * @param block sees the encoder's maps, and after them these
     */
    record Rise(Block narrow, Block block) {
    }

    UNet {
        levels = List.copyOf(levels);
        rises = List.copyOf(rises);
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
        var passed = new ArrayDeque<NDArray>();
        var y = x;
        for (var level : levels) {
            y = level.forward(y, pass);
            passed.push(y);
        }
        passed.pop();
        for (var rise : rises) {
            var beside = passed.pop();
            var doubled = Kernels.nearest(rise.narrow().forward(y, pass), beside.getShape());
            y = rise.block().forward(Kernels.beside(beside, doubled), pass);
        }
        return y;
    }

    @Override
    public Maps count(Maps in, Tally tally) {
        var passed = new ArrayDeque<Maps>();
        var maps = in;
        for (var level : levels) {
            maps = level.count(maps, tally);
            passed.push(maps);
        }
        passed.pop();
        for (var rise : rises) {
            var beside = passed.pop();
            int narrowed = rise.narrow().count(maps, tally).channels();
            maps = rise.block().count(beside.withChannels(beside.channels() + narrowed), tally);
        }
        return maps;
    }
}
