package dev.normforge.screening;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what no training could save, and nothing else: a layer must fail in every trial, with parameters at
 * initialisation, near it and far from it, on normal and on heavy-tailed inputs, each at four scales. (gamma and beta only
 * scale and shift what comes out.) What fails at initialisation alone is left to the stack probe and to the gates.
 *
 * <p>Near initialisation matters: {@code (v0·x + max(v1, 0)) / max(v1, 0)} is constant there and divides by zero wherever
 * v1 is negative, yet a gradient step on v0 makes it a linear layer. A zero gradient alone is no reason: behind
 * {@code x/|x|} the last linear map still learns from random features.
 */
final class NumericProbe {

    private static final Axes AXES = new Axes(8, 4, 16);
    private static final double[] SCALES = {1, 0.1, 10, 0.01};
    /** Small, as gradients in a network are: what overflows here overflows there. */
    private static final double UPSTREAM = 1e-6;
    /** Output that varies by less is lost on whatever follows. */
    private static final double NEGLIGIBLE = 1e-6;
    private static final double OUTLIER = 3;

    /** What to feed a layer. */
    private record Trial(double[] x, double[] v0, double[] v1) {
    }

    /**
     * @param refusal null where the layer passes
     * @param initialBehaviour what it does in the first trial, hexadecimal
     */
    record Probed(@Nullable Finding refusal, String initialBehaviour) {
    }

    private final Numerics numerics;
    private final List<Trial> trials = new ArrayList<>();
    private final double[] upstream;
    private final InitialBehaviour behaviour = new InitialBehaviour(AXES);

    NumericProbe(Numerics numerics) {
        this.numerics = AXES.distinct(numerics);
        var noise = new Noise(1);
        var normal = inputs(noise, 0.3);
        var heavy = inputs(noise, 1);
        int row = AXES.samples() * AXES.positions();
        for (int i = 0; i < heavy.length; i++) {
            heavy[i] += (i / row) % 4 - 1.5;
        }
        for (int c = 0; c < AXES.channels(); c++) {
            heavy[c * row + c] *= OUTLIER * (1 + c);
        }
        addTrials(normal, heavy, vector(noise, 0, 0), vector(noise, 1, 0));
        addTrials(normal, heavy, vector(noise, 0, 0.001), vector(noise, 1, 0.001));
        addTrials(normal, heavy, vector(noise, 0, 0.1), vector(noise, 1, 0.1));
        addTrials(normal, heavy, vector(noise, 1, 0.3), vector(noise, 1, 0.3));
        addTrials(normal, heavy, vector(noise, -1, 0.3), vector(noise, 1, 0.3));
        addTrials(normal, heavy, vector(noise, 1, 0.3), vector(noise, -1, 0.3));
        addTrials(normal, heavy, vector(noise, -1, 0.3), vector(noise, -1, 0.3));
        addTrials(normal, heavy, vector(noise, 0, 1), vector(noise, 0, 1));
        upstream = noise.normal(AXES.size(), UPSTREAM);
    }

    /**
     * Normal numbers with a mean and a scale of their own for each channel and sample, so that all index sets differ.
     *
     * @param unlike deviation of the means and of the scales' logarithms
     */
    private static double[] inputs(Noise noise, double unlike) {
        var x = noise.normal(AXES.size(), 1);
        var means = noise.normal(AXES.channels() * AXES.samples(), unlike);
        var scales = noise.normal(AXES.channels() * AXES.samples(), unlike);
        for (int i = 0; i < x.length; i++) {
            int plane = i / AXES.positions();
            x[i] = x[i] * StrictMath.exp(scales[plane]) + means[plane];
        }
        return x;
    }

    private static double[] vector(Noise noise, double mean, double deviation) {
        return Arrays.stream(noise.normal(AXES.channels(), deviation)).map(value -> mean + value).toArray();
    }

    private void addTrials(double[] normal, double[] heavy, double[] v0, double[] v1) {
        for (double scale : SCALES) {
            for (var standard : List.of(normal, heavy)) {
                trials.add(new Trial(Arrays.stream(standard).map(value -> scale * value).toArray(), v0, v1));
            }
        }
    }

    static Arena arena() {
        return new Arena(AXES.size());
    }

    /** The layer passes with the first trial that finds nothing; where all do, the first finding counts. */
    Probed probe(Phenotype phenotype, Arena arena) {
        if (dividesByZero(phenotype)) { // most refusals, and no trial would tell more
            return new Probed(new Finding(Verdict.Rule.NON_FINITE, Double.NaN), InitialBehaviour.NON_FINITE);
        }
        Finding first = null;
        var initially = InitialBehaviour.NON_FINITE;
        var layer = new CompactLayer(phenotype, numerics, AXES, arena);
        for (var trial : trials) {
            arena.reset();
            var pass = layer.forward(trial.x(), trial.v0(), trial.v1());
            if (pass != null && trial == trials.getFirst()) {
                initially = behaviour.of(pass.output());
            }
            var finding = pass == null ? new Finding(Verdict.Rule.NON_FINITE, Double.NaN) : finding(pass);
            if (finding == null) {
                return new Probed(null, initially);
            }
            first = first == null ? finding : first;
        }
        return new Probed(first, initially);
    }

    /** By a constant; float32 flushes it to zero where it is not quite. */
    private static boolean dividesByZero(Phenotype phenotype) {
        for (var term : phenotype.terms()) {
            if (term instanceof Term.Apply(var op, var inputs, var _) && op == Elementwise.DIV
                    && phenotype.terms().get(inputs.getLast()) instanceof Term.Constant(double divisor)
                    && Math.abs(divisor) < Float.MIN_NORMAL) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Finding finding(CompactLayer.Pass pass) {
        var output = pass.output();
        if (constantIn32(output)) {
            return new Finding(Verdict.Rule.CONSTANT, spread(output));
        }
        var gradient = pass.backward(upstream);
        if (gradient == null) {
            return new Finding(Verdict.Rule.NON_FINITE, Double.NaN);
        }
        double steepest = Arrays.stream(gradient, 0, AXES.size()).map(Math::abs).max().orElseThrow() / UPSTREAM;
        return steepest < NEGLIGIBLE && spread(output) < NEGLIGIBLE
                ? new Finding(Verdict.Rule.NO_GRADIENT, steepest)
                : null;
    }

    /** Whether float32 has one number for all samples and positions of each channel. */
    private static boolean constantIn32(double[] output) {
        int row = AXES.samples() * AXES.positions();
        for (int i = 0; i < AXES.size(); i++) {
            if ((float) output[i] != (float) output[i / row * row]) {
                return false;
            }
        }
        return true;
    }

    /** The widest range of values within a channel. */
    private static double spread(double[] output) {
        int row = AXES.samples() * AXES.positions();
        double widest = 0;
        for (int start = 0; start < AXES.size(); start += row) {
            var range = Arrays.stream(output, start, start + row).summaryStatistics();
            widest = Math.max(widest, range.getMax() - range.getMin());
        }
        return widest;
    }
}
