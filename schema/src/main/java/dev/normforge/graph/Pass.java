package dev.normforge.graph;

import dev.normforge.graph.Interpreter.Buffers;
import dev.normforge.graph.Interpreter.Gradients;
import dev.normforge.graph.Interpreter.Moments;
import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Interpreter.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One forward pass and what its gradient needs. */
final class Pass {

    private final List<Term> terms;
    private final Numerics numerics;
    private final Shape shape;
    private final Parameters parameters;
    private final Statistics statistics;
    private final double[][] values;
    private final double[][] gradients;
    private final double[][] centres;
    private double @Nullable [] output;
    private @Nullable Gradients results;
    /** Whether the output depends on a term: not where it feeds population statistics alone. */
    private final boolean[] needed;
    /** Whether a term follows x, v0 or v1 and so has a gradient that matters. */
    private final boolean[] follows;
    private final double[] largestSums;

    Pass(Phenotype phenotype, Numerics numerics, Shape shape, Parameters parameters, Statistics statistics,
            Buffers buffers) {
        this.terms = phenotype.terms();
        this.numerics = numerics;
        this.shape = shape;
        this.parameters = parameters;
        this.statistics = statistics;
        values = new double[terms.size()][];
        gradients = new double[terms.size()][];
        centres = new double[terms.size()][];
        needed = needed();
        follows = follows();
        largestSums = new double[terms.size()];
        for (int t = 0; t < terms.size(); t++) {
            values[t] = buffers.get(2 * t, shape.size());
            gradients[t] = buffers.get(2 * t + 1, shape.size());
        }
    }

    Shape shape() {
        return shape;
    }

    private boolean[] needed() {
        var found = new boolean[terms.size()];
        found[found.length - 1] = true;
        for (int t = found.length - 1; t >= 0; t--) {
            if (found[t] && terms.get(t) instanceof Term.Apply apply && !isGiven(apply)) {
                apply.inputs().forEach(input -> found[input] = true);
            }
        }
        return found;
    }

    private boolean[] follows() {
        var found = new boolean[terms.size()];
        for (int t = 0; t < found.length; t++) {
            found[t] = switch (terms.get(t)) {
                case Term.Input _ -> true;
                case Term.Constant _ -> false;
                case Term.Apply apply -> !isGiven(apply) && apply.inputs().stream().anyMatch(input -> found[input]);
            };
        }
        return found;
    }

    private boolean isGiven(Term.Apply apply) {
        return statistics instanceof Statistics.Population && Phenotype.isBatchAggregation(apply);
    }

    double[] forward(double[] x) {
        int size = shape.size();
        int aggregation = 0;
        for (int t = 0; t < values.length; t++) {
            switch (terms.get(t)) {
                case Term.Input(var source) -> {
                    switch (source) {
                        case X -> System.arraycopy(x, 0, values[t], 0, size);
                        case V0 -> broadcast(parameters.v0(), values[t]);
                        case V1 -> broadcast(parameters.v1(), values[t]);
                    }
                }
                case Term.Constant(var number) -> Arrays.fill(values[t], 0, size, number);
                case Term.Apply(Elementwise op, var inputs, var _) -> ElementwisePass.forward(op,
                        values[inputs.getFirst()], values[inputs.getLast()], values[t], size, numerics.epsilon());
                case Term.Apply(Aggregation op, var inputs, var _) -> {
                    if (op.over() == IndexSet.BATCH && statistics instanceof Statistics.Population(var moments)) {
                        recall(op.moment(), moments.get(aggregation), t);
                    } else {
                        measure(op, values[inputs.getFirst()], t);
                    }
                    aggregation += op.over() == IndexSet.BATCH ? 1 : 0;
                }
            }
        }
        output = affine(values[values.length - 1]);
        return output.clone();
    }

    private void broadcast(double[] perChannel, double[] out) {
        int plane = shape.h() * shape.w();
        for (int start = 0, i = 0; start < shape.size(); start += plane, i++) {
            Arrays.fill(out, start, start + plane, perChannel[i % shape.c()]);
        }
    }

    private double[] affine(double[] a) {
        var out = new double[shape.size()];
        int plane = shape.h() * shape.w();
        for (int i = 0; i < out.length; i++) {
            int c = i / plane % shape.c();
            out[i] = a[i] * parameters.gamma()[c] + parameters.beta()[c];
        }
        return out;
    }

    /** Moments of the batch at hand. */
    private void measure(Aggregation op, double[] a, int t) {
        var sets = Sets.of(op.over(), shape, numerics);
        var centre = new double[sets.sets()];
        double largest = 0;
        for (int s = 0; s < sets.sets(); s++) {
            centre[s] = op.moment() == Moment.ROOT_MEAN_SQUARE ? 0 : sets.mean(a, s);
            double sum = op.moment() == Moment.MEAN
                    ? centre[s] * sets.count()
                    : sets.sumOfSquares(a, centre[s], s);
            largest = Math.max(largest, Math.abs(sum));
            sets.fill(values[t], op.moment() == Moment.MEAN
                    ? centre[s]
                    : Math.sqrt(sum / sets.count() + numerics.epsilon()), s);
        }
        centres[t] = centre;
        largestSums[t] = largest;
    }

    /** Moments of the population. */
    private void recall(Moment moment, Moments population, int t) {
        var known = switch (moment) {
            case MEAN -> population.mean();
            case ROOT_MEAN_SQUARE -> population.meanSquare();
            case DEVIATION -> population.variance();
        };
        var perChannel = new double[shape.c()];
        for (int c = 0; c < perChannel.length; c++) {
            perChannel[c] = moment == Moment.MEAN ? known[c] : Math.sqrt(known[c] + numerics.epsilon());
            largestSums[t] = Math.max(largestSums[t], Math.abs(known[c]));
        }
        broadcast(perChannel, values[t]);
    }

    List<Moments> batchMoments() {
        var all = new ArrayList<Moments>();
        var sets = Sets.of(IndexSet.BATCH, shape, numerics);
        for (var term : terms) {
            if (Phenotype.isBatchAggregation(term) && term instanceof Term.Apply apply) {
                var a = values[apply.inputs().getFirst()];
                var moments = new Moments(new double[shape.c()], new double[shape.c()], new double[shape.c()]);
                for (int c = 0; c < shape.c(); c++) {
                    moments.mean()[c] = sets.mean(a, c);
                    moments.meanSquare()[c] = sets.sumOfSquares(a, 0, c) / sets.count();
                    moments.variance()[c] = sets.sumOfSquares(a, moments.mean()[c], c) / sets.count();
                }
                all.add(moments);
            }
        }
        return all;
    }

    Gradients backward(double[] upstream) {
        int size = shape.size();
        int plane = shape.h() * shape.w();
        int outputTerm = values.length - 1;
        for (var gradient : gradients) {
            Arrays.fill(gradient, 0, size, 0);
        }
        var scaled = new double[size];
        for (int i = 0; i < size; i++) {
            gradients[outputTerm][i] = upstream[i] * parameters.gamma()[i / plane % shape.c()];
            scaled[i] = upstream[i] * values[outputTerm][i];
        }
        for (int t = outputTerm; t >= 0; t--) {
            if (needed[t] && terms.get(t) instanceof Term.Apply(var op, var inputs, var _)) {
                int a = inputs.getFirst();
                int b = inputs.getLast();
                switch (op) {
                    case Elementwise elementwise -> ElementwisePass.backward(elementwise, values[a], values[b],
                            values[t], gradients[t], gradients[a], gradients[b], size, numerics.epsilon());
                    case Aggregation aggregation -> backward(aggregation, a, t);
                }
            }
        }
        var found = new Gradients(of(Term.Source.X), perChannel(of(Term.Source.V0)), perChannel(of(Term.Source.V1)),
                perChannel(scaled), perChannel(upstream));
        results = found;
        return found;
    }

    private void backward(Aggregation op, int a, int t) {
        var centre = centres[t];
        if (centre == null) { // population statistics are constants
            return;
        }
        var sets = Sets.of(op.over(), shape, numerics);
        for (int s = 0; s < sets.sets(); s++) {
            double each = sets.sum(gradients[t], s) / sets.count();
            if (op.moment() == Moment.MEAN) {
                sets.add(gradients[a], each, s);
            } else {
                sets.addScaled(gradients[a], each / values[t][sets.start(s, 0)], values[a], centre[s], s);
            }
        }
    }

    /** The gradient of an input at full size; zeros where the phenotype does not use it. */
    private double[] of(Term.Source source) {
        int t = terms.indexOf(new Term.Input(source));
        return t < 0 ? new double[shape.size()] : Arrays.copyOf(gradients[t], shape.size());
    }

    private double[] perChannel(double[] a) {
        var sets = Sets.of(IndexSet.BATCH, shape, numerics);
        var sums = new double[shape.c()];
        for (int c = 0; c < sums.length; c++) {
            sums[c] = sets.sum(a, c);
        }
        return sums;
    }

    boolean finiteInFloat32() {
        int size = shape.size();
        boolean finite = output != null && fits(output, size);
        for (int t = 0; finite && t < values.length; t++) {
            finite = !needed[t] || fits(values[t], size) && largestSums[t] <= Float.MAX_VALUE
                    && !dividesByZero(terms.get(t), values[t])
                    && (results == null || !follows[t] || fits(gradients[t], size));
        }
        return finite && (results == null || fits(results));
    }

    private boolean fits(Gradients all) {
        return fits(all.x(), all.x().length) && fits(all.v0(), shape.c()) && fits(all.v1(), shape.c())
                && fits(all.gamma(), shape.c()) && fits(all.beta(), shape.c());
    }

    private static boolean fits(double[] a, int size) {
        for (int i = 0; i < size; i++) {
            if (!(Math.abs(a[i]) <= Float.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /** A divisor that float32 flushes to zero, or a slope a/b² that it has no number for. */
    private boolean dividesByZero(Term term, double[] quotient) {
        if (!(term instanceof Term.Apply(var op, var inputs, var _)) || op != Elementwise.DIV) {
            return false;
        }
        var divisor = values[inputs.getLast()];
        boolean sloping = results != null && follows[inputs.getLast()];
        for (int i = 0; i < shape.size(); i++) {
            if (Math.abs(divisor[i]) < Float.MIN_NORMAL
                    || sloping && !(Math.abs(quotient[i] / divisor[i]) <= Float.MAX_VALUE)) {
                return true;
            }
        }
        return false;
    }
}
