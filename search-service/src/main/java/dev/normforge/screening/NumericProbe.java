package dev.normforge.screening;

import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what no training could save, and nothing else: a layer must fail in every trial, at initialisation and with
 * several random v0 and v1, each at three input scales. (gamma and beta only scale and shift what comes out.) Training
 * begins at initialisation, so a layer that some trial can compute is left to the stack probe and to the gates.
 *
 * <p>A zero gradient alone is no reason: behind {@code x/|x|} the last linear map still learns from random features.
 */
final class NumericProbe {

    private static final Axes AXES = new Axes(8, 4, 16);
    private static final int RANDOM_PARAMETERS = 4;
    private static final double[] SCALES = {1, 0.1, 10};
    /** Small, as gradients in a network are: what overflows here overflows there. */
    private static final double UPSTREAM = 1e-6;
    /** Output that varies by less is lost on whatever follows. */
    private static final double NEGLIGIBLE = 1e-6;

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
        var standard = unlike(noise);
        var ones = new double[AXES.channels()];
        Arrays.fill(ones, 1);
        addTrials(standard, new double[AXES.channels()], ones);
        for (int i = 0; i < RANDOM_PARAMETERS; i++) {
            addTrials(standard, noise.normal(AXES.channels(), 1), noise.normal(AXES.channels(), 1));
        }
        upstream = noise.normal(AXES.size(), UPSTREAM);
    }

    /** Normal numbers with a mean and a scale of their own for each channel and sample, so that all index sets differ. */
    private static double[] unlike(Noise noise) {
        var x = noise.normal(AXES.size(), 1);
        var means = noise.normal(AXES.channels() * AXES.samples(), 0.3);
        var scales = noise.normal(AXES.channels() * AXES.samples(), 0.3);
        for (int i = 0; i < x.length; i++) {
            int plane = i / AXES.positions();
            x[i] = x[i] * Math.exp(scales[plane]) + means[plane];
        }
        return x;
    }

    private void addTrials(double[] standard, double[] v0, double[] v1) {
        for (double scale : SCALES) {
            trials.add(new Trial(Arrays.stream(standard).map(value -> scale * value).toArray(), v0, v1));
        }
    }

    static Arena arena() {
        return new Arena(AXES.size());
    }

    /** The layer passes with the first trial that finds nothing; where all do, the first finding counts. */
    Probed probe(Phenotype phenotype, Arena arena) {
        Finding first = null;
        var initially = InitialBehaviour.NON_FINITE;
        for (var trial : trials) {
            arena.reset();
            var pass = new CompactLayer(phenotype, numerics, AXES, arena).forward(trial.x(), trial.v0(), trial.v1());
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
