package dev.normforge.worker.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/**
 * Operations of the engine that DJL's public interface lacks, or wraps at a cost. A result belongs to the scope of the first
 * argument unless said otherwise.
 */
public final class Kernels {

    private static final Shape NO_DILATION = new Shape(1, 1);

    private Kernels() {
    }

    /**
     * A two-dimensional convolution.
     *
     * @param x (N, C, H, W)
     * @param weight (O, C / groups, k, k)
     * @param bias (O), or none
     */
    public static NDArray convolve(NDArray x, NDArray weight, @Nullable NDArray bias, Shape stride, Shape padding,
            int groups) {
        return convolution(x, weight, bias, stride, padding, groups);
    }

    @SuppressWarnings("NullAway") // a missing bias is a null pointer to the engine, which it understands
    private static NDArray convolution(NDArray x, NDArray weight, @Nullable NDArray bias, Shape stride, Shape padding,
            int groups) {
        return JniUtils.convolution((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias, stride, padding, NO_DILATION,
                groups);
    }

    /** x · weightᵀ + bias with x (N, C), weight (O, C), bias (O). */
    public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias);
    }

    /**
     * x · weight + bias in one pass over x, where two operations take two, and its gradients likewise.
     *
     * @param x (N, C, H, W)
     * @param weight (C)
     * @param bias (C)
     * @param zeros (C) zeros
     * @param ones (C) ones
     */
    public static NDArray affine(NDArray x, NDArray weight, NDArray bias, NDArray zeros, NDArray ones) {
        return JniUtils.batchNorm((PtNDArray) x, (PtNDArray) zeros, (PtNDArray) ones, (PtNDArray) weight,
                (PtNDArray) bias, false, 0, 0);
    }

    public static NDArray sigmoid(NDArray x) {
        return JniUtils.sigmoid((PtNDArray) x);
    }

    /** Views of consecutive parts of a vector, in the scope {@code into}. */
    public static NDList split(NDArray vector, long[] sizes, NDManager into) {
        var parts = JniUtils.split((PtNDArray) vector, sizes, 0);
        parts.attach(into);
        return parts;
    }

    /** The same numbers in another scope, which may end: results of an operation live where its first argument does. */
    public static NDArray borrow(NDArray longLived, NDManager into) {
        var borrowed = longLived.stopGradient();
        borrowed.attach(into);
        return borrowed;
    }

    /** one / x, in the scope of x. */
    public static NDArray reciprocal(NDArray x, NDArray one) {
        var result = one.div(x);
        result.attach(x.getManager());
        return result;
    }
}
