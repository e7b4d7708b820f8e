package dev.normforge.screening;

import java.util.ArrayList;
import java.util.List;

/** Arrays that one thread uses again and again, with whatever they held before. */
final class Arena {

    private static final int SMALL = 128;

    private final int large;
    private final List<double[]> smalls = new ArrayList<>();
    private final List<double[]> larges = new ArrayList<>();
    private int smallsTaken;
    private int largesTaken;

    /** @param large the most elements that will be asked for */
    Arena(int large) {
        this.large = large;
    }

    void reset() {
        smallsTaken = 0;
        largesTaken = 0;
    }

    /** At least {@code size} elements, not taken by anybody else since the last reset. */
    double[] take(int size) {
        if (size > large) {
            throw new IllegalArgumentException("size is %d, expected at most %d".formatted(size, large));
        }
        boolean small = size <= SMALL;
        var arrays = small ? smalls : larges;
        int next = small ? smallsTaken++ : largesTaken++;
        if (next == arrays.size()) {
            arrays.add(new double[small ? SMALL : large]);
        }
        return arrays.get(next);
    }
}
