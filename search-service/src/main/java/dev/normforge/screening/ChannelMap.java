package dev.normforge.screening;

import java.util.Arrays;

/** A 1×1 map from channels to channels. */
final class ChannelMap {

    private static final int AT_ONCE = 4;

    private final Axes axes;
    private final double[] weights;

    /** @param weights output channel by input channel */
    private ChannelMap(Axes axes, double[] weights) {
        this.axes = axes;
        this.weights = weights;
    }

    /** He's initialisation: normal weights of variance 2 / channels. */
    static ChannelMap he(Axes axes, Noise noise) {
        int channels = axes.channels();
        if (channels % AT_ONCE != 0) {
            throw new IllegalArgumentException("channels is %d, expected a multiple of 4".formatted(channels));
        }
        return new ChannelMap(axes, noise.normal(channels * channels, Math.sqrt(2.0 / channels)));
    }

    ChannelMap transposed() {
        int channels = axes.channels();
        var swapped = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            swapped[i % channels * channels + i / channels] = weights[i];
        }
        return new ChannelMap(axes, swapped);
    }

    double[] applied(double[] from, Arena arena) {
        int channels = axes.channels();
        int row = axes.samples() * axes.positions();
        var to = arena.take(axes.size());
        Arrays.fill(to, 0, axes.size(), 0);
        for (int out = 0; out < channels; out++) {
            for (int in = 0; in < channels; in += AT_ONCE) {
                int w = out * channels + in;
                addFour(from, in * row, row, w, to, out * row);
            }
        }
        return to;
    }

    /** Four input channels at a time: the sum is read and written a quarter as often. */
    private void addFour(double[] from, int start, int row, int w, double[] to, int target) {
        double w0 = weights[w];
        double w1 = weights[w + 1];
        double w2 = weights[w + 2];
        double w3 = weights[w + 3];
        for (int i = 0; i < row; i++) {
            to[target + i] += w0 * from[start + i] + w1 * from[start + row + i] + w2 * from[start + 2 * row + i]
                    + w3 * from[start + 3 * row + i];
        }
    }
}
