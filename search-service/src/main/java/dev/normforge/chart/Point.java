package dev.normforge.chart;

/**
 * A place, and how sure its height is.
 *
 * @param low lower end of the error bar; equal to y for none
 * @param high upper end
 */
public record Point(double x, double y, double low, double high) {

    /** Without an error bar. */
    public static Point of(double x, double y) {
        return new Point(x, y, y, y);
    }

    boolean barred() {
        return high > low;
    }
}
