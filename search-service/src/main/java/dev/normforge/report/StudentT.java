package dev.normforge.report;

/** Quantiles of Student's t distribution. */
final class StudentT {

    /** Two-sided 95 % of the normal distribution. */
    static final double NORMAL = 1.959963984540054;

    private static final int SLICES = 4000;
    private static final double ALMOST_NORMAL = 2000;

    private StudentT() {
    }

    /**
     * The t with P(|T| ≤ t) = 0.95. With t = √ν·tan θ that probability is ∫₀^θ cos^(ν−1) over ∫₀^(π/2) cos^(ν−1).
     *
     * @param degrees ν, at least 1, need not be whole
     */
    static double twoSided95(double degrees) {
        if (!(degrees >= 1)) {
            throw new IllegalArgumentException("degrees is %s, expected at least 1".formatted(degrees));
        }
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

    private static double power(double angle, double degrees) {
        return Math.pow(Math.max(0, Math.cos(angle)), degrees - 1);
    }
}
