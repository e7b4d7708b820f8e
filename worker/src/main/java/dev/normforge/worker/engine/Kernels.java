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

    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NONE = new Shape(0, 0);
    /** The engine's number of the interpolation that repeats the nearest pixel. */
    private static final int NEAREST = 0;

    private Kernels() {
    }

    /**
     * A two-dimensional convolution.
     *
     * @param x (N, C, H, W)
     * @param weight (O, C / groups, k, k)
     * @param bias (O), or none
     */
    @SuppressWarnings("NullAway") // a missing bias is a null pointer to the engine, which it understands
    public static NDArray convolve(NDArray x, NDArray weight, @Nullable NDArray bias, Shape stride, Shape padding,
            int groups) {
        return JniUtils.convolution((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias, stride, padding, ONE,
                groups);
    }

    /**
     * x · weightᵀ + bias.
     *
     * @param x (…, C)
     * @param weight (O, C)
     * @param bias (O), or none
     */
    @SuppressWarnings("NullAway") // a missing bias is a null pointer to the engine, which it understands
    public static NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias) {
        return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias);
    }

    /** a · b for matrices (N, C) and (C, D). */
    public static NDArray product(NDArray a, NDArray b) {
        return JniUtils.matmul((PtNDArray) a, (PtNDArray) b);
    }

    /** Every {@code stride}th row and column of (N, C, H, W), from the first: an average over single pixels. */
    public static NDArray subsample(NDArray x, int stride) {
        return JniUtils.avgPool((PtNDArray) x, ONE, new Shape(stride, stride), NONE, false, true);
    }

    /** The maximum of each 2×2 pixels of (N, C, H, W); at an odd side the last row or column is by itself. */
    public static NDArray maximumOfFour(NDArray x) {
        return JniUtils.maxPool((PtNDArray) x, TWO, TWO, NONE, true);
    }

    /** The mean of each 2×2 pixels of (N, C, H, W); at an odd side that of the two or one that are there. */
    public static NDArray meanOfFour(NDArray x) {
        return JniUtils.avgPool((PtNDArray) x, TWO, TWO, NONE, true, false);
    }

    /** (N, C, H, W) with the height and width of {@code target}, whose pixels repeat the nearest. */
    public static NDArray nearest(NDArray x, Shape target) {
        return JniUtils.interpolate((PtNDArray) x, new long[]{target.get(2), target.get(3)}, NEAREST, false);
    }

    /** (N, C, H, W) and (N, D, H, W) as (N, C + D, H, W). */
    public static NDArray beside(NDArray first, NDArray second) {
        return JniUtils.cat(new PtNDArray[]{(PtNDArray) first, (PtNDArray) second}, 1);
    }

    /** Views of the first {@code channels} of (N, C, H, W) and of the others, of which there is at least one. */
    public static NDList splitChannels(NDArray x, int channels) {
        var parts = JniUtils.split((PtNDArray) x, new long[]{channels, x.getShape().get(1) - channels}, 1);
        parts.attach(x.getManager());
        return parts;
    }

    /** max(x, slope · x), for a slope of 0 to 1. */
    public static NDArray leakyRectified(NDArray x, double slope) {
        return JniUtils.leakyRelu((PtNDArray) x, slope);
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
