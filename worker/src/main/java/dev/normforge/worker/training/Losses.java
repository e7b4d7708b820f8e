package dev.normforge.worker.training;

import dev.normforge.protocol.AnchorScore.CurvePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The record of a training: loss and time of each step. */
final class Losses {

    private static final int RECENT = 5;
    private static final int POINTS = 20;
    private static final double NANOS_PER_MILLI = 1e6;

    private final int planned;
    private double[] losses = new double[64];
    private long[] nanos = new long[64];
    private int steps;

    /** @param planned steps of the whole training, which decide how far apart the points of the curve are */
    Losses(int planned) {
        this.planned = planned;
    }

    void add(double loss, long elapsedNanos) {
        if (steps == losses.length) {
            losses = Arrays.copyOf(losses, 2 * steps);
            nanos = Arrays.copyOf(nanos, 2 * steps);
        }
        losses[steps] = loss;
        nanos[steps] = elapsedNanos;
        steps++;
    }

    int steps() {
        return steps;
    }

    /** Mean of the last five, of fewer at the start; NaN before any step. */
    double recent() {
        return mean(Math.max(0, steps - RECENT), steps);
    }

    private double mean(int from, int to) {
        return Arrays.stream(losses, from, to).average().orElse(Double.NaN);
    }

    List<CurvePoint> curve() {
        int distance = Math.max(1, planned / POINTS);
        var points = new ArrayList<CurvePoint>();
        for (int from = 0; from < steps; from += distance) {
            int to = Math.min(steps, from + distance);
            points.add(new CurvePoint(to, mean(from, to)));
        }
        return points;
    }

    double medianStepMillis() {
        if (steps == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, steps);
        Arrays.sort(sorted);
        return sorted[steps / 2] / NANOS_PER_MILLI;
    }
}
