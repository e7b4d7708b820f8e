package dev.normforge.screening;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.ElementwisePass;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A phenotype computed forward and backward with every term stored over the axes it varies over: what the interpreter says,
 * faster, without the trailing affine. Stops at the first value outside float32's range.
 */
final class CompactLayer {

    private final List<Term> terms;
    private final Numerics numerics;
    private final Axes full;
    private final Axes[] axes;
    private final Arena arena;

    CompactLayer(Phenotype phenotype, Numerics numerics, Axes full, Arena arena) {
        this.terms = phenotype.terms();
        this.numerics = numerics;
        this.full = full;
        this.arena = arena;
        this.axes = terms.stream().map(term -> full.of(term.extent(), numerics)).toArray(Axes[]::new);
    }

    /** The values of a forward pass: what its backward pass needs. */
    final class Pass {

        private final double[][] values = new double[terms.size()][];
        private final double[] @Nullable [] centres = new double[terms.size()][];

        double[] output() {
            return values[values.length - 1];
        }

        /**
         * The gradient at x of Σ upstream·output; null where some gradient is outside float32's range.
         *
         * @param upstream full size
         */
        double @Nullable [] backward(double[] upstream) {
            var gradients = new double[terms.size()][];
            for (int t = 0; t < gradients.length; t++) {
                gradients[t] = zeros(axes[t].size());
            }
            int last = gradients.length - 1;
            if (axes[last].equals(full)) {
                System.arraycopy(upstream, 0, gradients[last], 0, full.size());
            } else {
                new Fold(full, axes[last]).addSums(upstream, gradients[last]);
            }
            double[] atX = zeros(full.size());
            for (int t = last; t >= 0; t--) {
                switch (terms.get(t)) {
                    case Term.Input(var source) -> {
                        if (source == Term.Source.X) {
                            atX = gradients[t];
                        }
                    }
                    case Term.Constant _ -> {
                    }
                    case Term.Apply(Elementwise op, var inputs, var _) ->
                        backward(op, inputs.getFirst(), inputs.getLast(), t, gradients);
                    case Term.Apply(Aggregation op, var inputs, var _) -> backward(op, inputs.getFirst(), t, gradients);
                }
                if (!(terms.get(t) instanceof Term.Constant) && !fits(gradients[t], axes[t].size())) {
                    return null;
                }
            }
            return atX;
        }

        private void backward(Elementwise op, int a, int b, int t, double[][] gradients) {
            boolean wideA = axes[a].equals(axes[t]);
            boolean wideB = axes[b].equals(axes[t]);
            var atA = wideA ? gradients[a] : zeros(axes[t].size());
            var atB = a == b ? atA : wideB ? gradients[b] : zeros(axes[t].size());
            ElementwisePass.backward(op, expanded(values[a], a, t), expanded(values[b], b, t), values[t], gradients[t],
                    atA, atB, axes[t].size(), numerics.epsilon());
            if (!wideA) {
                new Fold(axes[t], axes[a]).addSums(atA, gradients[a]);
            }
            if (!wideB && a != b) {
                new Fold(axes[t], axes[b]).addSums(atB, gradients[b]);
            }
        }

        private void backward(Aggregation op, int a, int t, double[][] gradients) {
            var fold = new Fold(axes[a], axes[t]);
            int cells = axes[t].size();
            var each = arena.take(cells);
            for (int i = 0; i < cells; i++) {
                double share = gradients[t][i] / fold.count();
                each[i] = op.moment() == Moment.MEAN ? share : share / values[t][i];
            }
            var centre = centres[t];
            if (centre == null) {
                fold.addBroadcast(each, gradients[a]);
            } else {
                fold.addScaled(each, values[a], centre, gradients[a]);
            }
        }
    }

    /**
     * @param x full size, (channels, samples, positions)
     * @param v0 one number a channel
     * @param v1 one number a channel
     * @return null where some value is outside float32's range; a divisor that float32 flushes to zero counts as zero
     */
    @Nullable
    Pass forward(double[] x, double[] v0, double[] v1) {
        var pass = new Pass();
        for (int t = 0; t < axes.length; t++) {
            int size = axes[t].size();
            boolean fits = switch (terms.get(t)) {
                case Term.Input(var source) -> {
                    pass.values[t] = switch (source) {
                        case X -> x;
                        case V0 -> v0;
                        case V1 -> v1;
                    };
                    yield true;
                }
                case Term.Constant(var number) -> {
                    pass.values[t] = arena.take(1);
                    pass.values[t][0] = number;
                    yield fits(pass.values[t], 1);
                }
                case Term.Apply(Elementwise op, var inputs, var _) -> {
                    int a = inputs.getFirst();
                    int b = inputs.getLast();
                    pass.values[t] = arena.take(size);
                    var right = expanded(pass.values[b], b, t);
                    ElementwisePass.forward(op, expanded(pass.values[a], a, t), right, pass.values[t], size,
                            numerics.epsilon());
                    yield fits(pass.values[t], size)
                            && (op != Elementwise.DIV || dividesIn32(pass.values[t], right,
                                    terms.get(b) instanceof Term.Constant, size));
                }
                case Term.Apply(Aggregation op, var inputs, var _) ->
                    measure(op, inputs.getFirst(), t, pass) && fits(pass.values[t], size);
            };
            if (!fits) {
                return null;
            }
        }
        return pass;
    }

    private boolean measure(Aggregation op, int a, int t, Pass pass) {
        var fold = new Fold(axes[a], axes[t]);
        int cells = axes[t].size();
        var value = arena.take(cells);
        pass.values[t] = value;
        if (op.moment() == Moment.MEAN) {
            fold.mean(pass.values[a], value);
            return sumsFit(value, cells, fold.count());
        }
        var centre = zeros(cells);
        if (op.moment() == Moment.DEVIATION) {
            fold.mean(pass.values[a], centre);
        }
        pass.centres[t] = centre;
        fold.meanSquare(pass.values[a], centre, value);
        boolean fits = sumsFit(value, cells, fold.count());
        for (int i = 0; i < cells; i++) {
            value[i] = Math.sqrt(value[i] + numerics.epsilon());
        }
        return fits;
    }

    /** The values of term {@code from} over the axes of term {@code to}. */
    private double[] expanded(double[] value, int from, int to) {
        if (axes[from].equals(axes[to])) {
            return value;
        }
        var wide = arena.take(axes[to].size());
        new Fold(axes[to], axes[from]).broadcast(value, wide);
        return wide;
    }

    private double[] zeros(int size) {
        var array = arena.take(size);
        Arrays.fill(array, 0, size, 0);
        return array;
    }

    /** Whether float32 can hold the sums that these are means of. */
    private static boolean sumsFit(double[] means, int size, int count) {
        for (int i = 0; i < size; i++) {
            if (!(Math.abs(means[i]) * count <= Float.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(double[] a, int size) {
        for (int i = 0; i < size; i++) {
            if (!(Math.abs(a[i]) <= Float.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /** Whether float32 has a number for each divisor's reciprocal and, unless the divisor is a constant, for the slope. */
    private static boolean dividesIn32(double[] quotient, double[] divisor, boolean constant, int size) {
        for (int i = 0; i < size; i++) {
            if (Math.abs(divisor[i]) < Float.MIN_NORMAL
                    || !constant && !(Math.abs(quotient[i] / divisor[i]) <= Float.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }
}
