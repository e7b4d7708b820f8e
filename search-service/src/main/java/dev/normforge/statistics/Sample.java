package dev.normforge.statistics;

import java.util.List;

/**
 * Numbers drawn independently, one a seed.
 *
 * @param values at least one, all finite
 */
public record Sample(List<Double> values) {

    /** Counts of images differ by more; what is less is the rounding of sums. */
    private static final double ROUNDING = 1e-9;

    public Sample {
        values = List.copyOf(values);
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("values is %s, expected at least one, all finite".formatted(values));
        }
    }

    public int size() {
        return values.size();
    }

    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Whether the numbers differ; only then they tell how much another draw may differ. */
    public boolean spreads() {
        return size() > 1 && deviation() > ROUNDING;
    }

    /** Standard deviation with divisor n − 1; 0 for a single number, of which nothing is known. */
    public double deviation() {
        double mean = mean();
        double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return size() == 1 ? 0 : Math.sqrt(squares / (size() - 1));
    }

    /** Half of the mean's 95 % interval by Student's t; 0 where the numbers do not spread. */
    public double half95() {
        return spreads() ? StudentT.twoSided95(size() - 1) * deviation() / Math.sqrt(size()) : 0;
    }

    /** p-value of the two-sided t-test of a mean of 0; 1 where the numbers do not spread, for then there is no noise to compare with. */
    public double tail() {
        return spreads()
                ? StudentT.twoSidedTail(Math.abs(mean()) * Math.sqrt(size()) / deviation(), size() - 1)
                : 1;
    }
}
