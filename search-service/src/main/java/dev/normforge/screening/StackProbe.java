package dev.normforge.screening;

import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.protocol.SearchSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ten copies of a layer at initialisation with fixed He-random 1×1 maps between them, once forward and once backward: what
 * a layer does to a signal and to its gradient over depth predicts whether a network of it trains (a single copy says
 * almost nothing).
 */
final class StackProbe {

    private static final int LAYERS = 10;
    private static final Axes AXES = new Axes(16, 8, 16);

    /**
     * @param growth decades of the root mean square from input to output
     * @param gradientRatio decades of the gradient norm at the input over that at the output; NaN where it was not needed
     * @param sampleShare share of the output's power that differs between samples
     * @param positionShare share of the output's power that differs between positions
     */
    record Measured(double growth, double gradientRatio, double sampleShare, double positionShare) {
    }

    private final Numerics numerics;
    private final double[] x;
    private final double[] upstream;
    private final double[] v0 = new double[AXES.channels()];
    private final double[] v1 = new double[AXES.channels()];
    private final List<ChannelMap> maps;
    private final List<ChannelMap> transposed;

    StackProbe(Numerics numerics) {
        this.numerics = AXES.distinct(numerics);
        var noise = new Noise(3);
        x = noise.normal(AXES.size(), 1);
        upstream = noise.normal(AXES.size(), 1);
        Arrays.fill(v1, 1);
        maps = Stream.generate(() -> ChannelMap.he(AXES, noise)).limit(LAYERS - 1).toList();
        transposed = maps.stream().map(ChannelMap::transposed).toList();
    }

    static Arena arena() {
        return new Arena(AXES.size());
    }

    /** The first limit that is broken, the cheapest first; null where none is. */
    @Nullable
    Finding refusal(Phenotype phenotype, SearchSpec.Stack limits, Arena arena) {
        var stack = new Stack(phenotype, arena);
        var output = stack.forward();
        if (output == null) {
            return new Finding(Verdict.Rule.STACK_NON_FINITE, Double.NaN);
        }
        double growth = growth(output);
        if (!within(growth, limits.minGrowth(), limits.maxGrowth())) {
            return new Finding(Verdict.Rule.STACK_GROWTH, growth);
        }
        double share = Math.min(sampleShare(output), positionShare(output));
        if (!(share >= limits.minPowerShare())) {
            return new Finding(Verdict.Rule.STACK_INDISTINCT, share);
        }
        double ratio = stack.gradientRatio();
        if (Double.isNaN(ratio)) {
            return new Finding(Verdict.Rule.STACK_NON_FINITE, ratio);
        }
        return within(ratio, limits.minGradientRatio(), limits.maxGradientRatio())
                ? null
                : new Finding(Verdict.Rule.STACK_GRADIENT, ratio);
    }

    /** All four numbers; null where the stack is not finite. */
    @Nullable
    Measured measure(Phenotype phenotype, Arena arena) {
        var stack = new Stack(phenotype, arena);
        var output = stack.forward();
        return output == null
                ? null
                : new Measured(growth(output), stack.gradientRatio(), sampleShare(output), positionShare(output));
    }

    private static boolean within(double value, double low, double high) {
        return value >= low && value <= high;
    }

    private double growth(double[] output) {
        return 0.5 * StrictMath.log10(power(output) / power(x));
    }

    private static double power(double[] a) {
        double sum = 0;
        for (int i = 0; i < AXES.size(); i++) {
            sum += a[i] * a[i];
        }
        return sum;
    }

    /** 1 − power of the mean over samples / power. */
    private static double sampleShare(double[] output) {
        double common = 0;
        for (int c = 0; c < AXES.channels(); c++) {
            for (int p = 0; p < AXES.positions(); p++) {
                double sum = 0;
                for (int n = 0; n < AXES.samples(); n++) {
                    sum += output[(c * AXES.samples() + n) * AXES.positions() + p];
                }
                common += sum * sum / AXES.samples();
            }
        }
        return 1 - common / power(output);
    }

    /** 1 − power of the mean over positions / power. */
    private static double positionShare(double[] output) {
        double common = 0;
        for (int start = 0; start < AXES.size(); start += AXES.positions()) {
            double sum = 0;
            for (int p = 0; p < AXES.positions(); p++) {
                sum += output[start + p];
            }
            common += sum * sum / AXES.positions();
        }
        return 1 - common / power(output);
    }

    /** The stack of one layer. */
    private final class Stack {

        private final CompactLayer layer;
        private final Arena arena;
        private final CompactLayer.Pass[] passes = new CompactLayer.Pass[LAYERS];

        Stack(Phenotype phenotype, Arena arena) {
            arena.reset();
            this.layer = new CompactLayer(phenotype, numerics, AXES, arena);
            this.arena = arena;
        }

        double @Nullable [] forward() {
            var signal = x;
            for (int i = 0; i < LAYERS; i++) {
                var pass = layer.forward(signal, v0, v1);
                if (pass == null) {
                    return null;
                }
                passes[i] = pass;
                signal = i < LAYERS - 1 ? maps.get(i).applied(pass.output(), arena) : pass.output();
            }
            return signal;
        }

        /** NaN where a gradient is not finite. */
        double gradientRatio() {
            var gradient = upstream;
            for (int i = LAYERS - 1; i >= 0; i--) {
                var before = passes[i].backward(gradient);
                if (before == null) {
                    return Double.NaN;
                }
                gradient = i > 0 ? transposed.get(i - 1).applied(before, arena) : before;
            }
            return 0.5 * StrictMath.log10(power(gradient) / power(upstream));
        }
    }
}
