package dev.normforge.graph;

import java.util.Locale;

/**
 * The twelve element-wise operations. With ε of {@link Numerics}: {@code LOG} is sign(a)·ln(|a|+ε), {@code SQRT} is
 * sign(a)·√(|a|+ε), {@code DIV} has no ε (a zero divisor is a non-finite value), {@code MAX} gives each side half of
 * the gradient at a tie. The order is the code: append, never reorder.
 */
public enum Elementwise implements Primitive {
    ADD(2), MUL(2), DIV(2), MAX(2), NEG(1), SIGMOID(1), TANH(1), EXP(1), LOG(1), ABS(1), SQUARE(1), SQRT(1);

    private final int arity;
    private final String op = name().toLowerCase(Locale.ROOT);

    Elementwise(int arity) {
        this.arity = arity;
    }

    @Override
    public int code() {
        return ordinal();
    }

    @Override
    public int arity() {
        return arity;
    }

    @Override
    public String op() {
        return op;
    }

    /** Whether the order of the two inputs does not matter. */
    public boolean commutative() {
        return this == ADD || this == MUL || this == MAX;
    }

    /**
     * Its value; {@code b} is ignored where it takes one input. StrictMath, since what screening refuses and which constants
     * a phenotype holds must be the same on every processor: {@link Math} may differ by a unit in the last place.
     */
    double apply(double a, double b, double epsilon) {
        return switch (this) {
            case ADD -> a + b;
            case MUL -> a * b;
            case DIV -> a / b;
            case MAX -> Math.max(a, b);
            case NEG -> -a;
            case SIGMOID -> 1 / (1 + StrictMath.exp(-a));
            case TANH -> StrictMath.tanh(a);
            case EXP -> StrictMath.exp(a);
            case LOG -> Math.signum(a) * StrictMath.log(Math.abs(a) + epsilon);
            case ABS -> Math.abs(a);
            case SQUARE -> a * a;
            case SQRT -> Math.signum(a) * Math.sqrt(Math.abs(a) + epsilon);
        };
    }
}
