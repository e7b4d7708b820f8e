package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Extent.Channel;
import dev.normforge.graph.IndexSet;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import dev.normforge.worker.layer.Value.Small;
import java.util.function.BinaryOperator;

/** Arithmetic of values without spatial axes. */
final class Smalls {

    private static final int[] SAMPLES = {0};
    private static final int[] CHANNELS = {1};
    private static final int[] WITHIN_GROUP = {2};

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
        return switch (extent.channel()) {
            case NONE -> 1;
            case GROUP -> groups;
            case FULL -> channels;
        };
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

    private Small combine(Small a, Small b, BinaryOperator<NDArray> operation) {
        var extent = a.extent().join(b.extent());
        boolean expand = extent.channel() == Channel.FULL;
        var left = expand ? perChannel(a) : a.array();
        var right = expand ? perChannel(b) : b.array();
        return new Small(operation.apply(left, right), extent);
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
            case GROUP -> groupMean(array, 1);
        };
        return new Small(mean, value.extent().after(over));
    }

    /** Means over the channels of each group and over {@code count} numbers summed up before: (N, C, 1, 1) to (N, G, 1, 1). */
    NDArray groupMean(NDArray perChannel, double count) {
        if (groups == channels) {
            return divided(perChannel, count);
        }
        long samples = perChannel.getShape().get(0);
        int size = channels / groups;
        var sum = perChannel.reshape(samples, groups, size, 1).sum(WITHIN_GROUP, true);
        return divided(sum, count * size);
    }

    /** An array that broadcasts against (N, C, H, W): the value of a group is repeated for its channels. */
    NDArray perChannel(Small value) {
        if (value.extent().channel() != Channel.GROUP || groups == 1 || groups == channels) {
            return value.array();
        }
        long samples = value.array().getShape().get(0);
        return value.array().broadcast(samples, groups, channels / groups, 1).reshape(samples, channels, 1, 1);
    }
}
