package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Extent.Channel;
import dev.normforge.graph.IndexSet;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import dev.normforge.worker.layer.Value.Small;
import java.util.Arrays;
import java.util.function.BinaryOperator;

/** Arithmetic of values without spatial axes. */
final class Smalls {

    private static final int[] SAMPLES = {0};
    private static final int[] CHANNELS = {1};
    private static final int[] SPACE = {2, 3};
    private static final int[] BATCH_AND_SPACE = {0, 2, 3};
    private static final int[] CHANNELS_AND_SPACE = {1, 2, 3};

    private final int channels;
    private final int groups;
    private final Constants constants;

    Smalls(int channels, int groups, Constants constants) {
        this.channels = channels;
        this.groups = groups;
        this.constants = constants;
    }

    /** Numbers in a value that does not vary over the batch. */
    int length(Extent extent) {
        return extent.channel() == Channel.NONE ? 1 : channels;
    }

    /**
     * Statistics from elsewhere as (1, C or 1, 1, 1), constants for the gradient. What does not fit into float32 is no number,
     * so that nothing made of it looks finite again.
     */
    NDArray constant(NDManager scope, double[] numbers) {
        double[] fitting = Arrays.stream(numbers).map(number -> Float.isFinite((float) number) ? number : Double.NaN)
                .toArray();
        return constants.create(scope, fitting, new Shape(1, numbers.length, 1, 1));
    }

    Small add(Small a, Small b) {
        return combine(a, b, NDArray::add);
    }

    Small subtract(Small a, Small b) {
        return combine(a, b, NDArray::sub);
    }

    Small multiply(Small a, Small b) {
        return combine(a, b, NDArray::mul);
    }

    Small divide(Small a, Small b) {
        return combine(a, b, NDArray::div);
    }

    Small max(Small a, Small b) {
        return combine(a, b, NDArray::maximum);
    }

    private static Small combine(Small a, Small b, BinaryOperator<NDArray> operation) {
        return new Small(operation.apply(a.array(), b.array()), a.extent().join(b.extent()));
    }

    Small negate(Small a) {
        return new Small(a.array().neg(), a.extent());
    }

    Small reciprocal(Small a) {
        return new Small(Kernels.reciprocal(a.array(), constants.of(1)), a.extent());
    }

    /** The same where it is finite, else no number. */
    Small orNotANumber(Small a) {
        var fixed = a.array().stopGradient();
        return new Small(a.array().add(fixed.sub(fixed)), a.extent());
    }

    /** √(value + ε). */
    Small root(Small value, double epsilon) {
        return new Small(value.array().add(constants.of(epsilon)).sqrt(), value.extent());
    }

    /** √(value + ε), with the whole gradient although that of the value is halved: h/√h whose root is cut off from it. */
    Small rootOfHalf(Small value, double epsilon) {
        var h = value.array().add(constants.of(epsilon));
        return new Small(h.div(h.stopGradient().sqrt()), value.extent());
    }

    /** 1/√(value + ε), with the whole gradient although that of the value is halved. */
    NDArray inverseRootOfHalf(NDArray value, double epsilon) {
        var h = value.add(constants.of(epsilon));
        return h.stopGradient().sqrt().div(h);
    }

    /**
     * The mean of the square of a full-size array with half of its gradient, since one factor is cut off from it: one
     * full-size pass backward instead of three. {@link #rootOfHalf} and {@link #inverseRootOfHalf} double it.
     */
    NDArray averageSquare(NDArray t, IndexSet over) {
        return average(t.stopGradient().mul(t), over);
    }

    /** The mean of a full-size array, without its spatial axes. */
    NDArray average(NDArray t, IndexSet over) {
        var shape = t.getShape();
        double space = (double) shape.get(2) * shape.get(3);
        return switch (over) {
            case BATCH -> divided(t.sum(BATCH_AND_SPACE, true), space * shape.get(0));
            case LAYER -> divided(t.sum(CHANNELS_AND_SPACE, true), space * shape.get(1));
            case INSTANCE -> divided(t.sum(SPACE, true), space);
            case GROUP -> groupMean(t.sum(SPACE), space);
        };
    }

    NDArray divided(NDArray sum, double count) {
        return sum.mul(constants.of(1 / count));
    }

    /** The mean over axes that it may or may not vary over. */
    Small mean(Small value, IndexSet over) {
        if (value.extent().constantOver(over)) {
            return new Small(value.array(), value.extent().after(over));
        }
        var array = value.array();
        var shape = array.getShape();
        var mean = switch (over) {
            case BATCH -> divided(array.sum(SAMPLES, true), shape.get(0));
            case LAYER -> divided(array.sum(CHANNELS, true), shape.get(1));
            case INSTANCE -> array;
            case GROUP -> groupMean(array.reshape(-1, channels), 1);
        };
        return new Small(mean, value.extent().after(over));
    }

    /** From sums over {@code count} numbers, (N, C), each group's mean for each of its channels, (N, C, 1, 1). */
    NDArray groupMean(NDArray sums, double count) {
        var means = sums;
        for (var matrix : constants.groupMeans(channels, groups, count * channels / groups)) {
            means = Kernels.product(means, matrix);
        }
        return means.reshape(-1, channels, 1, 1);
    }
}
