package dev.normforge.worker.anchor;

import dev.normforge.protocol.AnchorSpec;
import dev.normforge.worker.anchor.UNet.Rise;
import dev.normforge.worker.data.Images;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Builds the U-Nets that restore images, after one of the two of HINet (Chen et al., arXiv 2105.06086): layers in the encoder
 * alone, LeakyReLU in the decoder. Down by a convolution of stride 2, up by doubling, no layer and therefore a bias there.
 */
final class Restorers {

    private static final int STEM_KERNEL = 3;
    /** 1 where He et al. have 2: in each block two paths meet, and with 2 a learning rate of 0.1 diverged (measured). */
    private static final double GAIN = 1;
    /** A new network puts out nearly the images that it was given. */
    private static final double CORRECTION_GAIN = 0.01;

    private final AnchorSpec spec;
    private final Construction parts;
    /** Of the encoder's maps that the decoder sees again, the deepest first. */
    private final Deque<Passed> passed = new ArrayDeque<>();

    private record Passed(int channels, int side, int kernel) {
    }

    private Restorers(AnchorSpec spec, Construction parts) {
        this.spec = spec;
        this.parts = parts;
    }

    /** @throws IllegalArgumentException if its maps become a single pixel before the last halving */
    static Network build(AnchorSpec spec, Construction parts) {
        int halvings = spec.stages().size() - 1;
        if (parts.side() < 1L << halvings) {
            throw new IllegalArgumentException(
                    "side is %d, expected at least %d: %s halves its maps %d times, and a single pixel has no half"
                            .formatted(parts.side(), 1L << halvings, spec.name(), halvings));
        }
        return new Restorers(spec, parts).build();
    }

    private Network build() {
        int channels = spec.scaled(spec.stem());
        var stem = parts.biased(Images.COLOURS, channels, STEM_KERNEL, 1, GAIN);
        var levels = new ArrayList<Block>();
        for (var stage : spec.stages()) {
            var level = new ArrayList<Block>();
            if (stage.stride() == 2) {
                level.add(parts.biased(channels, channels, stage.kernel(), 2, GAIN));
                parts.shrink(2);
            }
            int out = spec.scaled(stage.channels());
            for (int i = 0; i < spec.blocks(stage); i++) {
                level.add(encoding(channels, out, stage.kernel()));
                channels = out;
            }
            levels.add(new Sequence(level));
            passed.push(new Passed(channels, parts.side(), stage.kernel()));
        }
        passed.pop();
        var rises = new ArrayList<Rise>();
        for (var beside : passed) {
            rises.add(rise(channels, beside));
            channels = beside.channels();
        }
        var correction = parts.biased(channels, Images.COLOURS, STEM_KERNEL, 1, CORRECTION_GAIN);
        return parts.restorer(new Sequence(List.of(stem, new UNet(levels, rises))), correction);
    }

    private Block encoding(int in, int out, int kernel) {
        var first = parts.convolution(in, out, kernel, 1);
        return restoring(first, parts.slot(out), in, out, kernel);
    }

    private Rise rise(int from, Passed beside) {
        int out = beside.channels();
        var narrow = parts.linear(from, out);
        parts.grow(beside.side());
        var first = parts.biased(2 * out, out, beside.kernel(), 1, GAIN);
        return new Rise(narrow, restoring(first, new LeakyRectifier(), 2 * out, out, beside.kernel()));
    }

    private Block restoring(Block first, Block activation, int in, int out, int kernel) {
        var second = parts.biased(out, out, kernel, 1, GAIN);
        return new RestoringBlock(new Sequence(List.of(first, activation, second, new LeakyRectifier())),
                parts.linear(in, out));
    }
}
