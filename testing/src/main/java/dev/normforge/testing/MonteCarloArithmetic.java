package dev.normforge.testing;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.ElementwisePass;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Interpreter;
import dev.normforge.graph.Interpreter.Gradients;
import dev.normforge.graph.Interpreter.Parameters;
import dev.normforge.graph.Interpreter.Statistics;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What a precision itself does to a graph, whoever computes it (Monte Carlo arithmetic, Parker 1997): every value and gradient
 * is computed in double precision from those before it, and then off by a random error of at most one unit in the last place;
 * what is too small for the precision is zero.
 */
public final class MonteCarloArithmetic {

    /** A precision: the relative error of one rounding, and the smallest number that is not zero. */
    public enum Precision {
        SINGLE(0x1p-24, Float.MIN_NORMAL), DOUBLE(0x1p-53, Double.MIN_NORMAL);

        private final double unit;
        private final double least;

        Precision(double unit, double least) {
            this.unit = unit;
            this.least = least;
        }
    }

    private final Phenotype phenotype;
    private final Numerics numerics;
    private final Interpreter.Shape shape;
    private final Precision precision;
    private final RandomGenerator random;
    private final double[][] values;
    private final double[][] gradients;

    /** What came out, off by rounding. */
    public record Computed(double[] output, Gradients gradients) {
    }

    /** @param random draws the errors */
    public MonteCarloArithmetic(Phenotype phenotype, Numerics numerics, Interpreter.Shape shape, Precision precision,
            RandomGenerator random) {
        this.phenotype = phenotype;
        this.numerics = numerics;
        this.shape = shape;
        this.precision = precision;
        this.random = random;
        values = new double[phenotype.terms().size()][shape.size()];
        gradients = new double[phenotype.terms().size()][shape.size()];
    }

    /** One pass forward and back, as {@link Interpreter} makes it. */
    public Computed run(double[] x, Parameters parameters, Statistics statistics, double[] upstream) {
        int aggregation = 0;
        for (int t = 0; t < values.length; t++) {
            double[] value = switch (phenotype.terms().get(t)) {
                case Term.Constant(double number) -> full(i -> number);
                case Term.Input(var source) -> switch (source) {
                    case X -> x.clone();
                    case V0 -> full(i -> parameters.v0()[channel(i)]);
                    case V1 -> full(i -> parameters.v1()[channel(i)]);
                };
                case Term.Apply(Elementwise op, var inputs, var extent) -> {
                    double[] out = new double[x.length];
                    ElementwisePass.forward(op, values[inputs.getFirst()], values[inputs.getLast()], out, x.length,
                            numerics.epsilon());
                    yield out;
                }
                case Term.Apply(Aggregation op, var inputs, var extent) -> {
                    int index = op.over() == IndexSet.BATCH ? aggregation++ : aggregation;
                    yield op.over() == IndexSet.BATCH && statistics instanceof Statistics.Population(var moments)
                            ? recalled(op.moment(), moments.get(index))
                            : measured(op, values[inputs.getFirst()]);
                }
            };
            values[t] = rounded(value);
        }
        double[] last = values[values.length - 1];
        double[] scaled = rounded(full(i -> last[i] * parameters.gamma()[channel(i)]));
        double[] output = rounded(full(i -> scaled[i] + parameters.beta()[channel(i)]));
        return new Computed(output, backward(parameters, statistics, upstream));
    }

    private interface ByIndex {
        double at(int index);
    }

    private double[] full(ByIndex value) {
        return IntStream.range(0, shape.size()).mapToDouble(value::at).toArray();
    }

    private int channel(int i) {
        return i / (shape.h() * shape.w()) % shape.c();
    }

    private double[] rounded(double[] exact) {
        return Arrays.stream(exact).map(value -> Math.abs(value) < precision.least
                ? 0
                : value * (1 + precision.unit * random.nextDouble(-1, 1))).toArray();
    }

    private double[] recalled(Moment moment, Interpreter.Moments moments) {
        return switch (moment) {
            case MEAN -> full(i -> moments.mean()[channel(i)]);
            case ROOT_MEAN_SQUARE -> full(i -> Math.sqrt(moments.meanSquare()[channel(i)] + numerics.epsilon()));
            case DEVIATION -> full(i -> Math.sqrt(moments.variance()[channel(i)] + numerics.epsilon()));
        };
    }

    private double[] measured(Aggregation op, double[] a) {
        if (op.moment() == Moment.MEAN) {
            return means(op.over(), a);
        }
        double[] off = centred(op, a);
        double[] squares = rounded(means(op.over(), full(i -> off[i] * off[i])));
        return full(i -> Math.sqrt(squares[i] + numerics.epsilon()));
    }

    private double[] centred(Aggregation op, double[] a) {
        double[] mean = op.moment() == Moment.ROOT_MEAN_SQUARE ? new double[a.length] : means(op.over(), a);
        return full(i -> a[i] - mean[i]);
    }

    /** For every element the mean of its set. */
    private double[] means(IndexSet over, double[] a) {
        double[] first = new double[shape.n() * shape.c()];
        double[] sums = new double[first.length];
        int[] counts = new int[first.length];
        for (int i = 0; i < a.length; i++) {
            int set = set(over, i);
            first[set] = counts[set]++ == 0 ? a[i] : first[set];
            sums[set] += a[i] - first[set];
        }
        return full(i -> first[set(over, i)] + sums[set(over, i)] / counts[set(over, i)]);
    }

    private int set(IndexSet over, int i) {
        int plane = i / (shape.h() * shape.w());
        return switch (over) {
            case BATCH -> plane % shape.c();
            case LAYER -> plane / shape.c();
            case INSTANCE -> plane;
            case GROUP -> plane / (shape.c() / numerics.groupsFor(shape.c()));
        };
    }

    private Gradients backward(Parameters parameters, Statistics statistics, double[] upstream) {
        int last = values.length - 1;
        gradients[last] = rounded(full(i -> upstream[i] * parameters.gamma()[channel(i)]));
        for (int t = last; t >= 0; t--) {
            if (phenotype.terms().get(t) instanceof Term.Apply(var op, var inputs, var extent)) {
                switch (op) {
                    case Elementwise elementwise -> backward(elementwise, inputs.getFirst(), inputs.getLast(), t);
                    case Aggregation moment -> {
                        if (moment.over() != IndexSet.BATCH || statistics instanceof Statistics.OfTheBatch) {
                            add(inputs.getFirst(), backward(moment, values[inputs.getFirst()], t));
                        }
                    }
                }
            }
        }
        return new Gradients(of(Term.Source.X), perChannel(of(Term.Source.V0)), perChannel(of(Term.Source.V1)),
                perChannel(rounded(full(i -> upstream[i] * values[last][i]))), perChannel(upstream));
    }

    /** The two sides are rounded on their own: where they cancel, their errors stay. */
    private void backward(Elementwise op, int a, int b, int t) {
        double[] atA = new double[shape.size()];
        double[] atB = op.arity() == 1 ? atA : new double[shape.size()];
        ElementwisePass.backward(op, values[a], values[b], values[t], gradients[t], atA, atB, shape.size(),
                numerics.epsilon());
        add(a, atA);
        if (op.arity() == 2) {
            add(b, atB);
        }
    }

    private double[] backward(Aggregation op, double[] a, int t) {
        double[] share = rounded(means(op.over(), gradients[t]));
        if (op.moment() == Moment.MEAN) {
            return share;
        }
        double[] off = centred(op, a);
        double[] slope = rounded(full(i -> share[i] / values[t][i]));
        return full(i -> slope[i] * off[i]);
    }

    private void add(int term, double[] gradient) {
        double[] part = rounded(gradient);
        double[] sum = gradients[term];
        gradients[term] = rounded(full(i -> sum[i] + part[i]));
    }

    private double[] of(Term.Source source) {
        int t = phenotype.terms().indexOf(new Term.Input(source));
        return t < 0 ? new double[shape.size()] : gradients[t];
    }

    private double[] perChannel(double[] a) {
        double[] sums = new double[shape.c()];
        for (int i = 0; i < a.length; i++) {
            sums[channel(i)] += a[i];
        }
        return rounded(sums);
    }
}
