package dev.normforge.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a phenotype means, in plain doubles, forward and gradient: the oracle for every other implementation and the engine
 * of the numeric probe. Everything is computed at full size (N, C, H, W), whatever its extent. Not thread-safe.
 */
public final class Interpreter {

    private final Phenotype phenotype;
    private final Numerics numerics;
    private final Buffers buffers;
    private @Nullable Pass last;

    public Interpreter(Phenotype phenotype, Numerics numerics) {
        this(phenotype, numerics, new Buffers());
    }

    /** @param buffers arrays shared with other interpreters of this thread, used one after the other */
    public Interpreter(Phenotype phenotype, Numerics numerics, Buffers buffers) {
        this.phenotype = phenotype;
        this.numerics = numerics;
        this.buffers = buffers;
    }

    /** Size of the input and the output: samples, channels, height, width; the last varies fastest. */
    public record Shape(int n, int c, int h, int w) {

        public Shape {
            if (n < 1 || c < 1 || h < 1 || w < 1) {
                throw new IllegalArgumentException(
                        "shape is %d, %d, %d, %d, expected positive sizes".formatted(n, c, h, w));
            }
        }

        public int size() {
            return n * c * h * w;
        }
    }

    /** Trainable vectors, one number a channel each. */
    public record Parameters(double[] v0, double[] v1, double[] gamma, double[] beta) {

        /** As before any training: v0 = 0, v1 = 1, gamma = 1, beta = 0. */
        public static Parameters initial(int channels) {
            var ones = new double[channels];
            Arrays.fill(ones, 1);
            return new Parameters(new double[channels], ones, ones.clone(), new double[channels]);
        }
    }

    /** What a term over the batch ({@code bwh}) uses. */
    public sealed interface Statistics {

        /** The batch's own, as in training; gradients flow through them. */
        record OfTheBatch() implements Statistics {
        }

        /** Given ones, as at evaluation; constant for the gradient. One for each batch aggregation, in the order of terms. */
        record Population(List<Moments> moments) implements Statistics {
            public Population {
                moments = List.copyOf(moments);
            }
        }
    }

    /** Mean, mean of squares and biased variance of a batch aggregation's input, one number a channel each. */
    public record Moments(double[] mean, double[] meanSquare, double[] variance) {
    }

    /** Gradients of Σ upstream·output: x as x, the others one number a channel. */
    public record Gradients(double[] x, double[] v0, double[] v1, double[] gamma, double[] beta) {
    }

    /** Arrays that are used again and again. Not thread-safe. */
    public static final class Buffers {

        private final List<double[]> arrays = new ArrayList<>();

        /** At least {@code size} numbers, with whatever they held before. */
        double[] get(int slot, int size) {
            while (arrays.size() <= slot) {
                arrays.add(new double[0]);
            }
            if (arrays.get(slot).length < size) {
                arrays.set(slot, new double[size]);
            }
            return arrays.get(slot);
        }
    }

    /** The output, shape as x, after ·gamma + beta: a new array. */
    public double[] forward(double[] x, Shape shape, Parameters parameters, Statistics statistics) {
        requireLength("x", x, shape.size());
        requireLength("v0", parameters.v0(), shape.c());
        requireLength("v1", parameters.v1(), shape.c());
        requireLength("gamma", parameters.gamma(), shape.c());
        requireLength("beta", parameters.beta(), shape.c());
        if (statistics instanceof Statistics.Population(var moments)
                && moments.size() != batchAggregations(phenotype)) {
            throw new IllegalArgumentException("population statistics are for %d terms, expected %d"
                    .formatted(moments.size(), batchAggregations(phenotype)));
        }
        var pass = new Pass(phenotype, numerics, shape, parameters, statistics, buffers);
        last = pass;
        return pass.forward(x);
    }

    /** What the last forward pass measured: one for each batch aggregation, in the order of terms. */
    public List<Moments> batchMoments() {
        return pass().batchMoments();
    }

    /** Gradients of the last forward pass: new arrays. */
    public Gradients backward(double[] upstream) {
        requireLength("upstream", upstream, pass().shape().size());
        return pass().backward(upstream);
    }

    /**
     * Whether every term that the output depends on, the output and, after {@link #backward}, every gradient fit into
     * float32, and so do the sums inside moments. A divisor that float32 flushes to zero counts as zero. Under population
     * statistics nothing depends on what a batch aggregation was taken of.
     */
    public boolean finiteInFloat32() {
        return pass().finiteInFloat32();
    }

    private Pass pass() {
        if (last == null) {
            throw new IllegalStateException("no forward pass yet");
        }
        return last;
    }

    private static int batchAggregations(Phenotype phenotype) {
        return (int) phenotype.terms().stream().filter(Phenotype::isBatchAggregation).count();
    }

    private static void requireLength(String name, double[] array, int expected) {
        if (array.length != expected) {
            throw new IllegalArgumentException(
                    "%s has %d numbers, expected %d".formatted(name, array.length, expected));
        }
    }
}
