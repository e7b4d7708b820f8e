package dev.normforge.worker.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers as arrays, made once: an operation with a Java number costs ten times one with an array. For one thread.
 *
 * <p>A constant must not be the first operand: the result would land in its long-lived scope and stay.
 */
public final class Constants {

    /** Up to this many channels one product with C × C numbers is faster than two with C × G. */
    private static final int FEW_CHANNELS = 32;

    private final NDManager scope;
    private final DataType type;
    private final Map<Double, NDArray> scalars = new HashMap<>();
    private final Map<GroupMeans, List<NDArray>> groupMeans = new HashMap<>();

    /** @param count what the sum over a group's channels is divided by */
    private record GroupMeans(int channels, int groups, double count) {
    }

    /**
     * @param scope where the constants live
     * @param type FLOAT32, or FLOAT64 for comparisons with the interpreter
     */
    public Constants(NDManager scope, DataType type) {
        this.scope = scope;
        this.type = type;
        if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
            throw new IllegalArgumentException("type is %s, expected FLOAT32 or FLOAT64".formatted(type));
        }
    }

    public DataType type() {
        return type;
    }

    /** A number as an array without axes. */
    public NDArray of(double value) {
        return scalars.computeIfAbsent(value, number -> create(scope, number));
    }

    /**
     * Matrices by which (N, C) is multiplied, one after the other, to give each channel the sum over its group / {@code count}.
     *
     * @param groups of equally many neighbouring channels
     */
    public List<NDArray> groupMeans(int channels, int groups, double count) {
        return groupMeans.computeIfAbsent(new GroupMeans(channels, groups, count), this::matrices);
    }

    private List<NDArray> matrices(GroupMeans means) {
        int channels = means.channels();
        int groups = means.groups();
        int size = channels / groups;
        if (channels <= FEW_CHANNELS) {
            return List.of(matrix(channels, channels, 1 / means.count(), size, size));
        }
        return List.of(matrix(channels, groups, 1 / means.count(), size, 1), matrix(groups, channels, 1, 1, size));
    }

    /** {@code value} where row / height = column / width, else 0. */
    private NDArray matrix(int rows, int columns, double value, int height, int width) {
        double[] values = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            int from = row / height * width;
            Arrays.fill(values, row * columns + from, row * columns + from + width, value);
        }
        return create(scope, values, new Shape(rows, columns));
    }

    /** A number in this precision that is used once, in another scope. */
    public NDArray create(NDManager into, double value) {
        return owned(type == DataType.FLOAT64 ? into.create(value) : into.create((float) value));
    }

    /** Numbers in this precision, in another scope. */
    public NDArray create(NDManager into, double[] values, Shape shape) {
        if (type == DataType.FLOAT64) {
            return owned(into.create(values, shape));
        }
        return create(into, toFloats(values), shape);
    }

    /** Numbers in this precision, in another scope. */
    public NDArray create(NDManager into, float[] values, Shape shape) {
        var floats = into.create(values, shape);
        if (type == DataType.FLOAT32) {
            return owned(floats);
        }
        try (floats) {
            return floats.toType(type, true);
        }
    }

    /**
     * A copy in memory of the engine's. What comes from Java lies in a buffer that is collected once its array is closed, and
     * a gradient may need it later than that.
     */
    private static NDArray owned(NDArray buffered) {
        try (buffered) {
            return buffered.duplicate();
        }
    }

    /** The elements of an array of this precision. */
    public double[] read(NDArray array) {
        if (type == DataType.FLOAT64) {
            return array.toDoubleArray();
        }
        float[] floats = array.toFloatArray();
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
