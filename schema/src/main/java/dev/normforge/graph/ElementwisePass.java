package dev.normforge.graph;

/**
 * Element-wise operations on whole arrays, one plain loop each so that the compiler can vectorize them. Gradients are what
 * automatic differentiation of the natural expressions gives: max halves at a tie; abs, log and sqrt have none at 0.
 */
public final class ElementwisePass {

    private ElementwisePass() {
    }

    public static void forward(Elementwise op, double[] a, double[] b, double[] out, int size, double epsilon) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < size; i++) {
                    out[i] = a[i] + b[i];
                }
            }
            case MUL -> {
                for (int i = 0; i < size; i++) {
                    out[i] = a[i] * b[i];
                }
            }
            case DIV -> {
                for (int i = 0; i < size; i++) {
                    out[i] = a[i] / b[i];
                }
            }
            case MAX -> {
                for (int i = 0; i < size; i++) {
                    out[i] = Math.max(a[i], b[i]);
                }
            }
            case NEG -> {
                for (int i = 0; i < size; i++) {
                    out[i] = -a[i];
                }
            }
            case ABS -> {
                for (int i = 0; i < size; i++) {
                    out[i] = Math.abs(a[i]);
                }
            }
            case SQUARE -> {
                for (int i = 0; i < size; i++) {
                    out[i] = a[i] * a[i];
                }
            }
            case SIGMOID, TANH, EXP, LOG, SQRT -> {
                for (int i = 0; i < size; i++) {
                    out[i] = op.apply(a[i], 0, epsilon);
                }
            }
        }
    }

    /**
     * Adds to {@code ga} and {@code gb} what the gradient {@code g} of {@code out} means for {@code a} and {@code b}; the
     * two may be one array.
     */
    public static void backward(Elementwise op, double[] a, double[] b, double[] out, double[] g, double[] ga,
            double[] gb,
            int size, double epsilon) {
        switch (op) {
            case ADD -> {
                for (int i = 0; i < size; i++) {
                    ga[i] += g[i];
                    gb[i] += g[i];
                }
            }
            case MUL -> {
                for (int i = 0; i < size; i++) {
                    ga[i] += g[i] * b[i];
                    gb[i] += g[i] * a[i];
                }
            }
            case DIV -> {
                for (int i = 0; i < size; i++) {
                    ga[i] += g[i] / b[i];
                    gb[i] -= g[i] * (out[i] / b[i]);
                }
            }
            case MAX -> {
                for (int i = 0; i < size; i++) {
                    double share = 0.5 * (1 + Math.signum(a[i] - b[i]));
                    ga[i] += g[i] * share;
                    gb[i] += g[i] * (1 - share);
                }
            }
            default -> {
                for (int i = 0; i < size; i++) {
                    ga[i] += g[i] * slope(op, a[i], out[i], epsilon);
                }
            }
        }
    }

    /** The derivative of an operation with one input. */
    private static double slope(Elementwise op, double a, double out, double epsilon) {
        return switch (op) {
            case NEG -> -1;
            case SIGMOID -> out * (1 - out);
            case TANH -> 1 - out * out;
            case EXP -> out;
            case LOG -> a == 0 ? 0 : 1 / (Math.abs(a) + epsilon);
            case ABS -> Math.signum(a);
            case SQUARE -> 2 * a;
            case SQRT -> a == 0 ? 0 : 0.5 / Math.abs(out);
            case ADD, MUL, DIV, MAX -> throw new IllegalArgumentException(op + " takes two inputs");
        };
    }
}
