package dev.normforge.graph;

/** The rewrite rules, one method for each operation. Each returns the number of the term that stands for the result. */
final class Rules {

    private final TermTable terms;
    private final double epsilon;

    Rules(TermTable terms, double epsilon) {
        this.terms = terms;
        this.epsilon = epsilon;
    }

    int unary(Elementwise op, int a) {
        if (terms.isConstant(a)) {
            return terms.constant(op.apply(terms.value(a), 0, epsilon));
        }
        return switch (op) {
            case NEG -> negative(a);
            case ABS -> absolute(a);
            case SQUARE -> square(a);
            default -> terms.apply(op, a);
        };
    }

    int binary(Elementwise op, int a, int b) {
        if (terms.isConstant(a) && terms.isConstant(b)) {
            return terms.constant(op.apply(terms.value(a), terms.value(b), epsilon));
        }
        return switch (op) {
            case ADD -> sum(a, b);
            case MUL -> product(a, b);
            case DIV -> quotient(a, b);
            case MAX -> maximum(a, b);
            default -> throw new IllegalArgumentException(op + " takes one input");
        };
    }

    private int negative(int a) {
        return isNegation(a) ? terms.input(a) : terms.apply(Elementwise.NEG, a);
    }

    private int absolute(int a) {
        int inner = isNegation(a) ? terms.input(a) : a;
        return terms.nonNegative(inner) ? inner : terms.apply(Elementwise.ABS, inner);
    }

    private int square(int a) {
        return terms.apply(Elementwise.SQUARE, withoutSign(a));
    }

    private int sum(int a, int b) {
        if (terms.isConstant(a, 0)) {
            return b;
        }
        if (terms.isConstant(b, 0)) {
            return a;
        }
        return opposite(a, b) ? terms.constant(0) : terms.apply(Elementwise.ADD, a, b);
    }

    private int product(int a, int b) {
        if (terms.isConstant(a)) {
            return scaled(b, a);
        }
        if (terms.isConstant(b)) {
            return scaled(a, b);
        }
        if (isNegation(a) && isNegation(b)) {
            return product(terms.input(a), terms.input(b));
        }
        return a == b ? square(a) : terms.apply(Elementwise.MUL, a, b);
    }

    private int scaled(int a, int factor) {
        if (terms.isConstant(factor, 0)) {
            return factor;
        }
        if (terms.isConstant(factor, 1)) {
            return a;
        }
        return terms.isConstant(factor, -1) ? negative(a) : terms.apply(Elementwise.MUL, a, factor);
    }

    private int quotient(int a, int b) {
        if (terms.isConstant(b, 1) || terms.isConstant(a, 0)) {
            return a;
        }
        if (terms.isConstant(b, -1)) {
            return negative(a);
        }
        if (isNegation(a) && isNegation(b)) {
            return quotient(terms.input(a), terms.input(b));
        }
        return a == b ? terms.constant(1) : terms.apply(Elementwise.DIV, a, b);
    }

    private int maximum(int a, int b) {
        if (a == b || terms.nonNegative(a) && terms.nonPositive(b)) {
            return a;
        }
        if (terms.nonNegative(b) && terms.nonPositive(a)) {
            return b;
        }
        return opposite(a, b) ? absolute(a) : terms.apply(Elementwise.MAX, a, b); // at a tie both have gradient 0
    }

    /** Over axes that its input does not vary over, a mean is the input and a deviation √ε. */
    int aggregate(Aggregation op, int a) {
        boolean varies = !terms.extent(a).constantOver(op.over());
        return switch (op.moment()) {
            case MEAN -> varies ? terms.apply(op, a) : a;
            case DEVIATION -> varies
                    ? terms.apply(op, isNegation(a) ? terms.input(a) : a)
                    : terms.constant(Math.sqrt(epsilon));
            case ROOT_MEAN_SQUARE -> rootMeanSquare(op, a, varies);
        };
    }

    /** Where nothing varies √(a²+ε) is left, which no other operation has (sqrt is 0 at 0); over which axes is then all the same. */
    private int rootMeanSquare(Aggregation op, int a, boolean varies) {
        if (terms.isConstant(a)) {
            return terms.constant(Math.sqrt(terms.value(a) * terms.value(a) + epsilon));
        }
        var canonical = varies ? op : new Aggregation(Moment.ROOT_MEAN_SQUARE, IndexSet.INSTANCE);
        return terms.apply(canonical, withoutSign(a));
    }

    private boolean isNegation(int term) {
        return terms.is(Elementwise.NEG, term);
    }

    private boolean opposite(int a, int b) {
        return isNegation(a) && terms.input(a) == b || isNegation(b) && terms.input(b) == a;
    }

    /** The same up to sign, for operations that square it. */
    private int withoutSign(int a) {
        return isNegation(a) || terms.is(Elementwise.ABS, a) ? terms.input(a) : a;
    }
}
