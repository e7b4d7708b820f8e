package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.engine.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The parameters of a network, one behind the other in one vector, so that the optimizer is a handful of operations instead
 * of a handful for each. Those of one shape lie side by side, so that they are cut out of the vector together.
 */
public final class ParameterTable {

    private final List<Entry> entries = new ArrayList<>();
    /** Of the vector's parts, in its order. */
    private final Map<Shape, Stack> stacks = new LinkedHashMap<>();

    /**
     * @param deviation of the normal distribution it starts from; 0 for a constant
     * @param constant what it starts at otherwise
     * @param weight whether it is the weight of a convolution or a linear map: decayed, and moved by the stability test
     */
    private record Entry(Shape shape, double deviation, double constant, boolean weight) {
    }

    /**
     * Parameters of one shape, with at least one axis.
     *
     * @param numbers theirs, in order
     */
    private record Stack(Shape shape, List<Integer> numbers) {

        long size() {
            return shape.size() * numbers.size();
        }

        /** Cuts (size) into parts of this shape. */
        List<NDArray> cut(NDArray vector, NDManager into) {
            long[] axes = shape.getShape().clone();
            long[] lengths = new long[numbers.size()];
            Arrays.fill(lengths, axes[0]);
            axes[0] *= lengths.length;
            var stack = axes.length == 1 ? vector : vector.reshape(axes);
            return lengths.length == 1 ? List.of(stack) : Kernels.split(stack, lengths, into);
        }
    }

    ParameterTable() {
    }

    /** A weight that starts normally distributed with variance {@code gain / fanIn} (He et al. with gain 2). */
    int weight(Shape shape, double gain, long fanIn) {
        return add(new Entry(shape, Math.sqrt(gain / fanIn), 0, true));
    }

    /** A vector that starts at a constant. */
    int constant(Shape shape, double value) {
        return add(new Entry(shape, 0, value, false));
    }

    private int add(Entry entry) {
        int number = entries.size();
        entries.add(entry);
        stacks.computeIfAbsent(entry.shape(), shape -> new Stack(shape, new ArrayList<>())).numbers().add(number);
        return number;
    }

    /** Numbers in all. */
    public int size() {
        return (int) stacks.values().stream().mapToLong(Stack::size).sum();
    }

    /**
     * Each parameter as a view of its shape, in the order in which they were made.
     *
     * @param vector of {@link #size} numbers, in the scope {@code into}
     */
    public List<NDArray> cut(NDArray vector, NDManager into) {
        var views = new NDArray[entries.size()];
        var parts = Kernels.split(vector, stacks.values().stream().mapToLong(Stack::size).toArray(), into).iterator();
        for (var stack : stacks.values()) {
            var numbers = stack.numbers().iterator();
            stack.cut(parts.next(), into).forEach(view -> views[numbers.next()] = view);
        }
        return List.of(views);
    }

    /** Where each parameter begins in the vector. */
    private int[] offsets() {
        int[] offsets = new int[entries.size()];
        int at = 0;
        for (var stack : stacks.values()) {
            for (int number : stack.numbers()) {
                offsets[number] = at;
                at += (int) stack.shape().size();
            }
        }
        return offsets;
    }

    /** For each number whether it belongs to a weight (1) or not (0). */
    public float[] weights() {
        float[] mask = new float[size()];
        int[] offsets = offsets();
        for (int number = 0; number < offsets.length; number++) {
            var entry = entries.get(number);
            int from = offsets[number];
            Arrays.fill(mask, from, from + (int) entry.shape().size(), entry.weight() ? 1 : 0);
        }
        return mask;
    }

    /** The start values: those of the weights depend on the seed and their place, not on the layer in the slots. */
    public float[] start(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        float[] values = new float[size()];
        int[] offsets = offsets();
        for (int number = 0; number < offsets.length; number++) {
            var entry = entries.get(number);
            int from = offsets[number];
            for (int i = from; i < from + (int) entry.shape().size(); i++) {
                values[i] = (float) (entry.weight()
                        ? entry.deviation() * random.nextGaussian()
                        : entry.constant());
            }
        }
        return values;
    }
}
