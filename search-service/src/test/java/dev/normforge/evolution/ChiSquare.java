package dev.normforge.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Pearson's goodness-of-fit test at level 1e-6, and the generator with the planted error that it must reject. */
final class ChiSquare {

    /** The normal quantile of 1 - 1e-6. */
    private static final double QUANTILE = 4.753;
    private static final double LEAST_EXPECTED = 20;

    private ChiSquare() {
    }

    /** Whether counts contradict probabilities (which sum to 1); a count where none is possible does at once. */
    static boolean rejects(long[] counts, double[] probabilities) {
        assertThat(Arrays.stream(probabilities).sum()).isBetween(1 - 1e-9, 1 + 1e-9);
        double total = Arrays.stream(counts).sum();
        double statistic = 0;
        int cells = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * probabilities[i];
            if (expected == 0) {
                if (counts[i] > 0) {
                    return true;
                }
                continue;
            }
            assertThat(expected).as("expected count of cell %d", i).isGreaterThan(LEAST_EXPECTED);
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            cells++;
        }
        return statistic > critical(cells - 1);
    }

    /** Wilson and Hilferty's approximation of the critical value. */
    private static double critical(int degrees) {
        double v = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - v + QUANTILE * Math.sqrt(v), 3);
    }

    static double[] uniform(int cells) {
        var probabilities = new double[cells];
        Arrays.fill(probabilities, 1.0 / cells);
        return probabilities;
    }

    /** Draws with the classic error: the last value of every range never comes. */
    static RandomGenerator offByOne(RandomGenerator right) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return right.nextLong();
            }

            @Override
            public int nextInt(int bound) {
                return right.nextInt(Math.max(1, bound - 1));
            }
        };
    }
}
