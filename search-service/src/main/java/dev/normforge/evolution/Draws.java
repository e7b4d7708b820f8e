package dev.normforge.evolution;

import java.util.random.RandomGenerator;

/**
 * The generator of every draw of a proposal, specified here so that no library or JDK can change it: xoshiro256** 1.0
 * (Blackman and Vigna) whose four words are the first four outputs of SplitMix64 started at {@code mix(seed) + birth},
 * {@code mix} being SplitMix64's output function. One generator per (search seed, birth); not thread-safe.
 */
public final class Draws implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1.0p-53;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    public Draws(long seed, long birth) {
        long state = mix(seed) + birth;
        s0 = mix(state += GOLDEN_GAMMA);
        s1 = mix(state += GOLDEN_GAMMA);
        s2 = mix(state += GOLDEN_GAMMA);
        s3 = mix(state += GOLDEN_GAMMA);
    }

    /** The generator in a given state, which must not be all zero. */
    Draws(long s0, long s1, long s2, long s3) {
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s1 * 5, 7) * 9;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /**
     * Uniform in [0, bound) without bias: the high word of a 128-bit product, drawn again where the low word lies in the
     * incomplete last interval (Lemire). Takes one long but for about one draw in 2^64 / bound.
     */
    @Override
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is %d, expected at least 1".formatted(bound));
        }
        long incomplete = Long.remainderUnsigned(-bound, bound);
        long word = nextLong();
        while (Long.compareUnsigned(word * bound, incomplete) < 0) {
            word = nextLong();
        }
        return (int) Math.unsignedMultiplyHigh(word, bound);
    }

    /** Uniform in [0, 1): the upper 53 bits of a long. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }
}
