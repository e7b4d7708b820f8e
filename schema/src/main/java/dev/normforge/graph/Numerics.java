package dev.normforge.graph;

/**
 * The two numbers that complete a layer's meaning. A layer file has its own; in a search they belong to the proxy.
 *
 * @param groups groups of channels for {@code whc/g}: the largest divisor of C not above it is used (authors' helper)
 * @param epsilon ε inside log, sqrt, rms and std; the paper does not state it, 1e-5 is the authors' layer code
 */
public record Numerics(int groups, double epsilon) {

    /** What a layer file means when it says nothing else: the authors' 32 groups and 1e-5. */
    public static final Numerics DEFAULT = new Numerics(32, 1e-5);

    private static final int MAX_GROUPS = 4096;

    public Numerics {
        if (groups < 1 || groups > MAX_GROUPS) {
            throw new IllegalArgumentException(
                    "groups is %d, expected 1 to %d".formatted(groups, MAX_GROUPS));
        }
        if (!(epsilon > 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("epsilon is %s, expected above 0 and at most 1".formatted(epsilon));
        }
    }

    /** The number of groups that {@code channels} channels are split into. */
    public int groupsFor(int channels) {
        int count = Math.min(groups, channels);
        while (channels % count != 0) {
            count--;
        }
        return count;
    }
}
