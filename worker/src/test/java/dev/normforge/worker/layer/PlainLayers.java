package dev.normforge.worker.layer;

import dev.normforge.graph.Interpreter.Shape;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.NativeLayer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** The published formulas of all native layers in plain doubles and loops, with nothing of the worker's. */
final class PlainLayers {

    /** Steps of the paper of Batch Renormalization over the 100,000 that its run is assumed to have. */
    private static final double WARM = 0.05;
    private static final double D_RELAXED = 0.25;
    private static final double R_RELAXED = 0.4;

    private final Shape shape;
    private final int groups;
    private final double epsilon;

    /** Where statistics over the batch come from. */
    sealed interface Use {
        /** From the batch, and kept ← decay·kept + (1 − decay)·batch. */
        record Averaged(double decay, double progress) implements Use {
        }

        /** m ← (1 − rate)·m + rate·μ, v ← (1 − rate)·v + rate·mean((x − m before)²), and these are used. */
        record Estimated(double rate) implements Use {
        }

        /** From the batch. */
        record OfTheBatch() implements Use {
        }

        /** From what was kept. */
        record Kept() implements Use {
        }
    }

    /** Kept statistics, one of each for every channel. */
    record Running(double[] mean, double[] variance) {

        static Running start(int channels) {
            double[] ones = new double[channels];
            Arrays.fill(ones, 1);
            return new Running(new double[channels], ones);
        }
    }

    /** What a layer gives, and what is kept after it. */
    record Result(Dual[] output, Running after) {
    }

    /** z = (x − μ)/√(σ² + ε), with μ and √(σ² + ε) of each channel, and what is kept afterwards. */
    private record OverBatch(Dual[] z, double[] mean, double[] deviation, Running after) {
    }

    PlainLayers(Shape shape, Numerics numerics) {
        this.shape = shape;
        this.groups = numerics.groupsFor(shape.c());
        this.epsilon = numerics.epsilon();
    }

    /** @param p parameters in the order of {@link NativeLayer#parameters} */
    Result forward(NativeLayer layer, Dual[] x, List<Dual[]> p, Use use, Running running) {
        return switch (layer) {
            case BN_RELU -> {
                var batch = overBatch(x, use, running);
                yield new Result(relu(affine(batch.z, p)), batch.after);
            }
            case BN_SILU -> {
                var batch = overBatch(x, use, running);
                yield new Result(silu(affine(batch.z, p)), batch.after);
            }
            case GN_RELU -> new Result(relu(affine(standardized(x, this::group), p)), running);
            case GN_SILU -> new Result(silu(affine(standardized(x, this::group), p)), running);
            case LN_RELU -> new Result(relu(affine(standardized(x, this::image), p)), running);
            case IN_RELU -> new Result(relu(affine(standardized(x, this::plane), p)), running);
            case BCN_RELU, BCN_ESTIMATE_RELU -> {
                var batch = overBatch(x, use, running);
                var z = standardized(affine(batch.z, p), this::group);
                yield new Result(
                        relu(each(i -> p.get(2)[groupOfChannel(i)].times(z[i]).plus(p.get(3)[groupOfChannel(i)]))),
                        batch.after);
            }
            case HALF_IN_LEAKY -> {
                var z = standardized(x, this::plane);
                int half = shape.c() - shape.c() / 2;
                yield new Result(each(i -> (channel(i) < half
                        ? p.get(0)[channel(i)].times(z[i]).plus(p.get(1)[channel(i)])
                        : x[i]).leaky(0.2)), running);
            }
            case FRN_TLU -> {
                var squares = means(each(i -> x[i].times(x[i])), this::plane);
                var y = affine(each(i -> x[i].over(squares[i].plus(Dual.constant(epsilon)).root())), p);
                yield new Result(each(i -> y[i].max(p.get(2)[channel(i)])), running);
            }
            case BRN_RELU -> {
                var batch = overBatch(x, use, running);
                yield new Result(relu(affine(renormalized(batch, use, running), p)), batch.after);
            }
        };
    }

    private Dual[] renormalized(OverBatch batch, Use use, Running before) {
        if (!(use instanceof Use.Averaged(double _, double progress))) {
            return batch.z;
        }
        double rMax = 1 + 2 * Math.min(1, Math.max(0, (progress - WARM) / (R_RELAXED - WARM)));
        double dMax = 5 * Math.min(1, Math.max(0, (progress - WARM) / (D_RELAXED - WARM)));
        return each(i -> {
            int c = channel(i);
            double s = Math.sqrt(before.variance[c] + epsilon);
            double r = Math.min(rMax, Math.max(1 / rMax, batch.deviation[c] / s));
            double d = Math.min(dMax, Math.max(-dMax, (batch.mean[c] - before.mean[c]) / s));
            return batch.z[i].times(r).plus(Dual.constant(d));
        });
    }

    private OverBatch overBatch(Dual[] x, Use use, Running running) {
        var means = means(x, this::channel);
        var variances = means(each(i -> x[i].minus(means[i]).times(x[i].minus(means[i]))), this::channel);
        var own = new Running(perChannel(means), perChannel(variances));
        return switch (use) {
            case Use.OfTheBatch() -> overBatch(x, means, variances, running);
            case Use.Kept() -> overBatch(x, constants(running.mean), constants(running.variance), running);
            case Use.Averaged(double decay, double _) -> overBatch(x, means, variances,
                    new Running(mixed(decay, running.mean, own.mean), mixed(decay, running.variance, own.variance)));
            case Use.Estimated(double rate) -> {
                var squares = perChannel(means(each(i -> {
                    double off = x[i].value() - running.mean[channel(i)];
                    return Dual.constant(off * off);
                }), this::channel));
                var after = new Running(mixed(1 - rate, running.mean, own.mean),
                        mixed(1 - rate, running.variance, squares));
                yield overBatch(x, constants(after.mean), constants(after.variance), after);
            }
        };
    }

    private OverBatch overBatch(Dual[] x, Dual[] means, Dual[] variances, Running after) {
        var deviations = each(i -> variances[i].plus(Dual.constant(epsilon)).root());
        return new OverBatch(each(i -> x[i].minus(means[i]).over(deviations[i])), perChannel(means),
                perChannel(deviations), after);
    }

    private static double[] mixed(double decay, double[] old, double[] seen) {
        double[] mixed = new double[old.length];
        for (int c = 0; c < mixed.length; c++) {
            mixed[c] = decay * old[c] + (1 - decay) * seen[c];
        }
        return mixed;
    }

    private double[] perChannel(Dual[] values) {
        double[] numbers = new double[shape.c()];
        for (int i = 0; i < values.length; i++) {
            numbers[channel(i)] = values[i].value();
        }
        return numbers;
    }

    private Dual[] constants(double[] perChannel) {
        return each(i -> Dual.constant(perChannel[channel(i)]));
    }

    private Dual[] standardized(Dual[] x, IntUnaryOperator set) {
        var means = means(x, set);
        var squares = means(each(i -> x[i].minus(means[i]).times(x[i].minus(means[i]))), set);
        return each(i -> x[i].minus(means[i]).over(squares[i].plus(Dual.constant(epsilon)).root()));
    }

    /** For every element the mean of its set. */
    private Dual[] means(Dual[] x, IntUnaryOperator set) {
        var sums = new Dual[shape.n() * shape.c()];
        int[] counts = new int[sums.length];
        Arrays.fill(sums, Dual.constant(0));
        for (int i = 0; i < x.length; i++) {
            int s = set.applyAsInt(i);
            sums[s] = sums[s].plus(x[i]);
            counts[s]++;
        }
        return each(i -> sums[set.applyAsInt(i)].times(1.0 / counts[set.applyAsInt(i)]));
    }

    private Dual[] affine(Dual[] z, List<Dual[]> p) {
        return each(i -> p.get(0)[channel(i)].times(z[i]).plus(p.get(1)[channel(i)]));
    }

    private Dual[] relu(Dual[] u) {
        return each(i -> u[i].max(Dual.constant(0)));
    }

    private Dual[] silu(Dual[] u) {
        return each(i -> u[i].times(u[i].sigmoid()));
    }

    private Dual[] each(IntFunction<Dual> value) {
        var all = new Dual[shape.size()];
        Arrays.setAll(all, value);
        return all;
    }

    private int image(int i) {
        return i / (shape.c() * shape.h() * shape.w());
    }

    private int plane(int i) {
        return i / (shape.h() * shape.w());
    }

    private int channel(int i) {
        return plane(i) % shape.c();
    }

    private int groupOfChannel(int i) {
        return channel(i) / (shape.c() / groups);
    }

    private int group(int i) {
        return image(i) * groups + groupOfChannel(i);
    }
}
