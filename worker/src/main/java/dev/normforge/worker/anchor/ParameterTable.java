package dev.normforge.worker.anchor;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The parameters of a network, one behind the other in one vector, so that the optimizer is a handful of operations instead
 * of a handful for each.
 */
public final class ParameterTable {

    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param deviation of the normal distribution it starts from; 0 for a constant
     * @param constant what it starts at otherwise
     * @param weight whether it is the weight of a convolution or a linear map: decayed, and moved by the stability test
     */
    private record Entry(Shape shape, double deviation, double constant, boolean weight) {
    }

    ParameterTable() {
    }

    /** A weight that starts normally distributed with variance {@code gain / fanIn} (He et al. with gain 2). */
    int weight(Shape shape, double gain, long fanIn) {
        entries.add(new Entry(shape, Math.sqrt(gain / fanIn), 0, true));
        return entries.size() - 1;
    }

    /** A vector that starts at a constant. */
    int constant(Shape shape, double value) {
        entries.add(new Entry(shape, 0, value, false));
        return entries.size() - 1;
    }

    public int count() {
        return entries.size();
    }

    public Shape shape(int parameter) {
        return entries.get(parameter).shape();
    }

    /** Numbers in each parameter. */
    public long[] sizes() {
        return entries.stream().mapToLong(entry -> entry.shape().size()).toArray();
    }

    /** Numbers in all. */
    public int size() {
        return (int) entries.stream().mapToLong(entry -> entry.shape().size()).sum();
    }

    /** For each number whether it belongs to a weight (1) or not (0). */
    public float[] weights() {
        float[] mask = new float[size()];
        int at = 0;
        for (var entry : entries) {
            int length = (int) entry.shape().size();
            java.util.Arrays.fill(mask, at, at + length, entry.weight() ? 1 : 0);
            at += length;
        }
        return mask;
    }

    /** The start values: those of the weights depend on the seed and their place, not on the layer in the slots. */
    public float[] start(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        float[] values = new float[size()];
        int at = 0;
        for (var entry : entries) {
            for (int i = 0; i < entry.shape().size(); i++) {
                values[at++] = (float) (entry.weight()
                        ? entry.deviation() * random.nextGaussian()
                        : entry.constant());
            }
        }
        return values;
    }
}
