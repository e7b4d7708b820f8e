package dev.normforge.screening;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A fingerprint of what a layer does at initialisation, up to a scale, a shift and a sign for each channel, which the
 * trailing affine could undo. So {@code tanh(x)} is recognised in every costume that v0 = 0 and v1 = 1 make invisible.
 */
final class InitialBehaviour {

    private static final int BYTES = 16;
    /** The behaviour of whatever cannot be computed at initialisation. */
    static final String NON_FINITE = "ff".repeat(BYTES);

    private static final double QUANTUM = 1e-4;
    /** A deviation below this share of the largest value is rounding. */
    private static final double ROUNDING = 1e-9;
    /** Every so many elements are enough to tell functions apart. */
    private static final int STRIDE = 4;

    private final Axes axes;
    private final double[] signs;

    InitialBehaviour(Axes axes) {
        this.axes = axes;
        this.signs = new Noise(2).normal(axes.samples() * axes.positions(), 1);
    }

    /** @param output full size, finite */
    String of(double[] output) {
        int row = signs.length;
        var quantised = ByteBuffer.allocate(axes.size() / STRIDE * Integer.BYTES);
        for (int start = 0; start < axes.size(); start += row) {
            addChannel(output, start, quantised);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(quantised.array());
            return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void addChannel(double[] output, int start, ByteBuffer quantised) {
        int row = signs.length;
        double largest = 0;
        double sum = 0;
        for (int i = 0; i < row; i++) {
            largest = Math.max(largest, Math.abs(output[start + i]));
            sum += output[start + i];
        }
        double mean = sum / row;
        double squares = 0;
        double side = 0;
        for (int i = 0; i < row; i++) {
            double off = output[start + i] - mean;
            squares += off * off;
            side += off * signs[i];
        }
        double deviation = Math.sqrt(squares / row);
        double unit = deviation <= ROUNDING * largest ? 0 : Math.copySign(1 / (deviation * QUANTUM), side);
        for (int i = 0; i < row; i += STRIDE) {
            quantised.putInt((int) Math.rint((output[start + i] - mean) * unit));
        }
    }
}
