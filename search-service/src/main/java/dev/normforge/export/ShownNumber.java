package dev.normforge.export;

import java.math.BigDecimal;
import java.math.MathContext;

/** A constant for people, in six digits. */
final class ShownNumber {

    private static final MathContext DIGITS = new MathContext(6);
    private static final int PLAIN = 5;

    private ShownNumber() {
    }

    /** @param power how a power of ten is set, {@code %d} for its exponent */
    static String text(double value, String infinity, String power) {
        if (Double.isNaN(value)) {
            return "?";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? infinity : "-" + infinity;
        }
        var number = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        return number.signum() == 0 || Math.abs(exponent) < PLAIN
                ? number.toPlainString()
                : number.scaleByPowerOfTen(-exponent).toPlainString() + power.formatted(exponent);
    }
}
