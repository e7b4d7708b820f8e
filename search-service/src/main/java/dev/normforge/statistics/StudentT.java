package dev.normforge.statistics;

/** Quantiles and tails of Student's t distribution. */
public final class StudentT {

    /** Two-sided 95 % of the normal distribution. */
    public static final double NORMAL = 1.959963984540054;

    private static final int SLICES = 4000;
    private static final double ALMOST_NORMAL = 2000;

    private StudentT() {
    }

    /**
     * The t with P(|T| ≤ t) = 0.95. With t = √ν·tan θ that probability is ∫₀^θ cos^(ν−1) over ∫₀^(π/2) cos^(ν−1).
     *
     * @param degrees ν, at least 1, need not be whole
     */
    public static double twoSided95(double degrees) {
        require(degrees);
        if (degrees > ALMOST_NORMAL) {
            return NORMAL;
        }
        double width = Math.PI / 2 / SLICES;
        var area = new double[SLICES + 1];
        for (int i = 1; i <= SLICES; i++) {
            area[i] = area[i - 1] + (power((i - 1) * width, degrees) + power(i * width, degrees)) / 2;
        }
        double wanted = 0.95 * area[SLICES];
        int slice = 1;
        while (area[slice] < wanted) {
            slice++;
        }
        double inside = (wanted - area[slice - 1]) / (area[slice] - area[slice - 1]);
        return Math.sqrt(degrees) * Math.tan((slice - 1 + inside) * width);
    }

    /**
     * P(|T| ≥ t), the p-value of a two-sided test: ∫ cos^(ν−1) from θ to π/2 over that from 0, by Simpson's rule, so that
     * small tails keep their digits.
     *
     * @param t at least 0, may be infinite
     * @param degrees ν, 1 to 2000, need not be whole
     */
    public static double twoSidedTail(double t, double degrees) {
        require(degrees);
        if (!(t >= 0)) {
            throw new IllegalArgumentException("t is %s, expected at least 0".formatted(t));
        }
        if (degrees > ALMOST_NORMAL) {
            throw new IllegalArgumentException("degrees is %s, expected at most %s".formatted(degrees, ALMOST_NORMAL));
        }
        double from = Math.atan(t / Math.sqrt(degrees));
        return Math.min(1, simpson(from, degrees) / simpson(0, degrees));
    }

    private static double simpson(double from, double degrees) {
        double width = (Math.PI / 2 - from) / SLICES;
        double sum = power(from, degrees) + power(Math.PI / 2, degrees);
        for (int i = 1; i < SLICES; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * power(from + i * width, degrees);
        }
        return sum * width / 3;
    }

    private static double power(double angle, double degrees) {
        return Math.pow(Math.max(0, Math.cos(angle)), degrees - 1);
    }

    private static void require(double degrees) {
        if (!(degrees >= 1)) {
            throw new IllegalArgumentException("degrees is %s, expected at least 1".formatted(degrees));
        }
    }
}
