package dev.normforge.graph;

import java.util.List;

/**
 * What a phenotype means, in plain doubles, forward and gradient: the oracle for every other implementation and the engine
 * of the numeric probe. Everything is computed at full size (N, C, H, W), whatever its extent. Not thread-safe.
 */
public final class Interpreter {

    private final Phenotype phenotype;
    private final Numerics numerics;

    public Interpreter(Phenotype phenotype, Numerics numerics) {
        this(phenotype, numerics, new Buffers());
    }

    /** @param buffers arrays shared with other interpreters of this thread, used one after the other */
    public Interpreter(Phenotype phenotype, Numerics numerics, Buffers buffers) {
        this.phenotype = phenotype;
        this.numerics = numerics;
    }

    /** Size of the input and the output: samples, channels, height, width; the last varies fastest. */
    public record Shape(int n, int c, int h, int w) {
        public int size() {
            return n * c * h * w;
        }
    }

    /** Trainable vectors, one number a channel each. */
    public record Parameters(double[] v0, double[] v1, double[] gamma, double[] beta) {
    }

    /** What a term over the batch ({@code bwh}) uses. */
    public sealed interface Statistics {

        /** The batch's own, as in training; gradients flow through them. */
        record OfTheBatch() implements Statistics {
        }

        /** Given ones, as at evaluation; constant for the gradient. One for each batch aggregation, in the order of terms. */
        record Population(List<Moments> moments) implements Statistics {
        }
    }

    /** Mean, mean of squares and biased variance of a batch aggregation's input, one number a channel each. */
    public record Moments(double[] mean, double[] meanSquare, double[] variance) {
    }

    /** Gradients of Σ upstream·output: x as x, the others one number a channel. */
    public record Gradients(double[] x, double[] v0, double[] v1, double[] gamma, double[] beta) {
    }

    /** Reusable arrays. */
    public static final class Buffers {
    }

    /** The output, shape as x, after ·gamma + beta: a new array. */
    public double[] forward(double[] x, Shape shape, Parameters parameters, Statistics statistics) {
        throw new UnsupportedOperationException("not yet " + phenotype + numerics);
    }

    /** What the last forward pass measured: one for each batch aggregation, in the order of terms. */
    public List<Moments> batchMoments() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Gradients of the last forward pass: new arrays. */
    public Gradients backward(double[] upstream) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Whether every term, the output and, after {@link #backward}, every gradient fit into float32. A divisor that float32
     * flushes to zero counts as zero.
     */
    public boolean finiteInFloat32() {
        throw new UnsupportedOperationException("not yet");
    }
}
