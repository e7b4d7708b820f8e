package dev.normforge.worker.layer;

/** A number with its derivative by one variable, carried along by the rules of calculus (dual numbers). */
record Dual(double value, double slope) {

    static Dual constant(double value) {
        return new Dual(value, 0);
    }

    Dual plus(Dual other) {
        return new Dual(value + other.value, slope + other.slope);
    }

    Dual minus(Dual other) {
        return new Dual(value - other.value, slope - other.slope);
    }

    Dual times(Dual other) {
        return new Dual(value * other.value, slope * other.value + value * other.slope);
    }

    Dual times(double factor) {
        return new Dual(value * factor, slope * factor);
    }

    Dual over(Dual other) {
        double quotient = value / other.value;
        return new Dual(quotient, (slope - quotient * other.slope) / other.value);
    }

    Dual root() {
        double root = Math.sqrt(value);
        return new Dual(root, slope / (2 * root));
    }

    Dual sigmoid() {
        double sigmoid = 1 / (1 + Math.exp(-value));
        return new Dual(sigmoid, sigmoid * (1 - sigmoid) * slope);
    }

    /** The larger one; the mean of both derivatives where they are equal. */
    Dual max(Dual other) {
        if (value == other.value) {
            return new Dual(value, (slope + other.slope) / 2);
        }
        return value > other.value ? this : other;
    }

    /** Itself above zero, else {@code factor} times itself. */
    Dual leaky(double factor) {
        return value > 0 ? this : times(factor);
    }
}
