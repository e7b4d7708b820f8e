package dev.normforge.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Terms under construction, each at most once: the same operation on the same inputs has the same number. Numbers depend
 * on the order of construction; {@link #compare} and {@link #phenotype} do not.
 */
final class TermTable {

    /** Kinds below an operation's code. */
    private static final int CONSTANT = -4;
    private static final int FIRST_SOURCE = -3;
    private static final int NONE = -1;

    private final int[] kind;
    private final int[] left;
    private final int[] right;
    private final double[] value;
    private final Extent[] extent;
    private final boolean[] nonNegative;
    private int size;

    /** @param capacity most terms that will be asked for */
    TermTable(int capacity) {
        kind = new int[capacity];
        left = new int[capacity];
        right = new int[capacity];
        value = new double[capacity];
        extent = new Extent[capacity];
        nonNegative = new boolean[capacity];
    }

    int input(Term.Source source) {
        return intern(FIRST_SOURCE + source.ordinal(), NONE, NONE, 0,
                source == Term.Source.X ? Extent.FULL : Extent.PER_CHANNEL);
    }

    int constant(double number) {
        return intern(CONSTANT, NONE, NONE, number + 0.0, Extent.SCALAR); // + 0.0: one zero, not two
    }

    int apply(Primitive op, int a) {
        return intern(op.code(), a, NONE, 0, Extent.of(op, extent[a]));
    }

    /** Inputs of a commutative operation are put into their canonical order. */
    int apply(Elementwise op, int a, int b) {
        boolean swap = op.commutative() && compare(a, b) > 0;
        return intern(op.code(), swap ? b : a, swap ? a : b, 0, extent[a].join(extent[b]));
    }

    private int intern(int itsKind, int a, int b, double number, Extent itsExtent) {
        for (int i = 0; i < size; i++) {
            if (kind[i] == itsKind && left[i] == a && right[i] == b && Double.compare(value[i], number) == 0) {
                return i;
            }
        }
        kind[size] = itsKind;
        left[size] = a;
        right[size] = b;
        value[size] = number;
        extent[size] = itsExtent;
        nonNegative[size] = neverNegative(itsKind, a, b, number);
        return size++;
    }

    Extent extent(int term) {
        return extent[term];
    }

    boolean isConstant(int term) {
        return kind[term] == CONSTANT;
    }

    boolean isConstant(int term, double number) {
        return kind[term] == CONSTANT && value[term] == number;
    }

    double value(int term) {
        return value[term];
    }

    boolean is(Elementwise op, int term) {
        return kind[term] == op.code();
    }

    /** The first input of an operation. */
    int input(int term) {
        return left[term];
    }

    /** Known never to be negative, and to have no gradient where it is zero. So not max(a, 0): at a tie it has half of one. */
    boolean nonNegative(int term) {
        return nonNegative[term];
    }

    /** Known never to be positive, and to have no gradient where it is zero. */
    boolean nonPositive(int term) {
        return isConstant(term) ? value[term] <= 0 : is(Elementwise.NEG, term) && nonNegative[left[term]];
    }

    private boolean neverNegative(int itsKind, int a, int b, double number) {
        if (itsKind < 0) {
            return itsKind == CONSTANT && number >= 0;
        }
        return switch (Primitive.all().get(itsKind)) {
            case Elementwise op -> switch (op) {
                case SIGMOID, EXP, ABS, SQUARE -> true;
                case TANH, SQRT -> nonNegative[a];
                case ADD, MUL, DIV, MAX -> nonNegative[a] && nonNegative[b];
                case NEG, LOG -> false;
            };
            case Aggregation op -> op.moment() != Moment.MEAN || nonNegative[a];
        };
    }

    /** A total order that depends on what terms are, not on when they were built. One path down: equal inputs are the same number. */
    private int compare(int a, int b) {
        while (a != b) {
            if (kind[a] != kind[b]) {
                return Integer.compare(kind[a], kind[b]);
            }
            if (kind[a] == CONSTANT) {
                return Double.compare(value[a], value[b]);
            }
            boolean sameLeft = left[a] == left[b];
            int nextA = sameLeft ? right[a] : left[a];
            b = sameLeft ? right[b] : left[b];
            a = nextA;
        }
        return 0;
    }

    /** What {@code output} needs, in the order of a walk from it that visits inputs first. */
    Phenotype phenotype(int output) {
        var positions = new int[size];
        Arrays.fill(positions, NONE);
        var terms = new ArrayList<Term>();
        emit(output, positions, terms);
        return new Phenotype(terms);
    }

    private int emit(int term, int[] positions, List<Term> terms) {
        if (positions[term] == NONE) {
            var emitted = toTerm(term, positions, terms);
            positions[term] = terms.size();
            terms.add(emitted);
        }
        return positions[term];
    }

    private Term toTerm(int term, int[] positions, List<Term> terms) {
        if (kind[term] == CONSTANT) {
            return new Term.Constant(value[term]);
        }
        if (kind[term] < 0) {
            return Term.Input.of(kind[term] - FIRST_SOURCE);
        }
        int a = emit(left[term], positions, terms);
        var op = Primitive.all().get(kind[term]);
        return right[term] == NONE
                ? new Term.Apply(op, List.of(a), extent[term])
                : new Term.Apply(op, List.of(a, emit(right[term], positions, terms)), extent[term]);
    }
}
