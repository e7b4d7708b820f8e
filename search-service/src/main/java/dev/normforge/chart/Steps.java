package dev.normforge.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers for axes. */
final class Steps {

    private static final String PREFIXES = "GMk";
    private static final double[] ROUND = {1, 2, 5, 10};

    private Steps() {
    }

    /** The smallest of 1, 2 and 5 times a power of ten that is not below the wanted step. */
    static double round(double wanted) {
        double power = power(wanted);
        for (double factor : ROUND) {
            if (factor * power >= wanted * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** The largest power of ten not above. */
    private static double power(double value) {
        double exponent = StrictMath.floor(StrictMath.log10(value) + 1e-9);
        return StrictMath.pow(10, exponent);
    }

    /** As many decimals as the step needs; where the axis is long, in thousands, millions or billions. */
    static String label(double value, double step, double largest) {
        if (value == 0) {
            return "0";
        }
        for (int i = 0; i < PREFIXES.length(); i++) {
            double unit = StrictMath.pow(1000, PREFIXES.length() - i);
            if (largest >= 10 * unit || largest >= unit && step >= unit / 10) {
                return plain(value / unit, step / unit) + PREFIXES.charAt(i);
            }
        }
        return plain(value, step);
    }

    private static String plain(double value, double step) {
        int decimals = Math.max(0, (int) StrictMath.ceil(-StrictMath.log10(step) - 1e-9));
        var text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
    }

    static List<Tick> decades(double low, double high) {
        var ticks = new ArrayList<Tick>();
        for (double power = power(low); power <= high; power *= 10) {
            for (int i = 0; i < ROUND.length - 1; i++) {
                double value = ROUND[i] * power;
                if (value >= low && value <= high) {
                    ticks.add(new Tick(value, label(value, power, high)));
                }
            }
        }
        return ticks;
    }
}
