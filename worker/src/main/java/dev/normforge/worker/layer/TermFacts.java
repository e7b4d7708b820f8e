package dev.normforge.worker.layer;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.List;

/** What is known of each term before any number is: which rewrites are exact. */
final class TermFacts {

    private final boolean[] nonNegative;
    private final boolean[] positive;
    private final boolean[] tame;

    TermFacts(Phenotype phenotype) {
        var terms = phenotype.terms();
        nonNegative = new boolean[terms.size()];
        positive = new boolean[terms.size()];
        tame = new boolean[terms.size()];
        for (int i = 0; i < terms.size(); i++) {
            switch (terms.get(i)) {
                case Term.Constant(var value) -> {
                    nonNegative[i] = value >= 0;
                    positive[i] = value > 0;
                    tame[i] = true;
                }
                case Term.Input(var source) -> tame[i] = true; // of either sign
                case Term.Apply(Elementwise op, var inputs, var extent) -> elementwise(i, op, inputs);
                case Term.Apply(Aggregation(var moment, var over), var inputs, var extent) -> {
                    int input = inputs.getFirst();
                    nonNegative[i] = moment != Moment.MEAN || nonNegative[input];
                    positive[i] = moment != Moment.MEAN || positive[input];
                    tame[i] = moment != Moment.MEAN || tame[input];
                }
            }
        }
    }

    private void elementwise(int i, Elementwise op, List<Integer> inputs) {
        int a = inputs.getFirst();
        int b = inputs.getLast();
        nonNegative[i] = switch (op) {
            case SIGMOID, EXP, ABS, SQUARE -> true;
            case ADD, DIV -> nonNegative[a] && nonNegative[b];
            case MUL -> a == b || nonNegative[a] && nonNegative[b];
            case MAX -> nonNegative[a] || nonNegative[b];
            case TANH, SQRT -> nonNegative[a];
            case NEG, LOG -> false;
        };
        // A far sigmoid or exp is rounded to zero, whose sign is zero: they are not positive here.
        positive[i] = switch (op) {
            case ADD -> nonNegative[a] && positive[b] || positive[a] && nonNegative[b];
            case MAX -> positive[a] || positive[b];
            case SQRT, ABS -> positive[a];
            default -> false;
        };
        tame[i] = switch (op) {
            case SIGMOID, TANH -> true;
            case NEG, LOG, ABS, SQRT -> tame[a];
            case ADD, MAX -> tame[a] && tame[b];
            case MUL, DIV, EXP, SQUARE -> false;
        };
    }

    /** Whether it is never negative. */
    boolean nonNegative(int term) {
        return nonNegative[term];
    }

    /** Whether it is above zero by more than rounding can take away. */
    boolean positive(int term) {
        return positive[term];
    }

    /** Whether it cannot become infinite: its operations do not, or give no number instead. */
    boolean tame(int term) {
        return tame[term];
    }
}
