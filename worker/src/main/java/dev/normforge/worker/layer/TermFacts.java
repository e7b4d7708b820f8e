package dev.normforge.worker.layer;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import dev.normforge.worker.layer.Value.BatchNormalized;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of each term before any number is: which rewrites are exact. */
final class TermFacts {

    private final List<Term> terms;
    private final boolean[] nonNegative;
    private final boolean[] positive;
    private final boolean[] zeroAtStart;
    private final boolean[] spatialAtStart;

    TermFacts(Phenotype phenotype) {
        this.terms = phenotype.terms();
        nonNegative = new boolean[terms.size()];
        positive = new boolean[terms.size()];
        zeroAtStart = new boolean[terms.size()];
        spatialAtStart = new boolean[terms.size()];
        for (int i = 0; i < terms.size(); i++) {
            switch (terms.get(i)) {
                case Term.Constant(var value) -> {
                    nonNegative[i] = value >= 0;
                    positive[i] = value > 0;
                    zeroAtStart[i] = value == 0;
                }
                case Term.Input(var source) -> {
                    zeroAtStart[i] = source == Term.Source.V0;
                    spatialAtStart[i] = source == Term.Source.X;
                }
                case Term.Apply(Elementwise op, var inputs, var extent) -> elementwise(i, op, inputs);
                case Term.Apply(Aggregation(var moment, var over), var inputs, var extent) -> {
                    int input = inputs.getFirst();
                    nonNegative[i] = moment != Moment.MEAN || nonNegative[input];
                    positive[i] = moment != Moment.MEAN || positive[input];
                    zeroAtStart[i] = moment == Moment.MEAN && zeroAtStart[input];
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
        // Float32 rounds a far sigmoid or exp to zero: they are not positive here.
        positive[i] = switch (op) {
            case ADD -> nonNegative[a] && positive[b] || positive[a] && nonNegative[b];
            case MAX -> positive[a] || positive[b];
            case SQRT, ABS -> positive[a];
            default -> false;
        };
        zeroAtStart[i] = switch (op) {
            case MUL -> zeroAtStart[a] || zeroAtStart[b];
            case DIV -> zeroAtStart[a];
            case SIGMOID, EXP -> false;
            default -> zeroAtStart[a] && zeroAtStart[b];
        };
        spatialAtStart[i] = !zeroAtStart[i] && (spatialAtStart[a] || spatialAtStart[b]);
    }

    /** Whether it is never negative. */
    boolean nonNegative(int term) {
        return nonNegative[term];
    }

    /** Whether it is above zero by more than rounding can take away. */
    boolean positive(int term) {
        return positive[term];
    }

    /** Whether it varies over space when v0 is 0, so that it cannot equal a value without spatial axes everywhere. */
    boolean spatialAtStart(int term) {
        return spatialAtStart[term];
    }

    /** The parts of (t + neg(mean(t))) / std(t) over the batch for a full-size t, or null where {@code term} is not that. */
    @Nullable
    BatchNormalized batchNormalized(int term) {
        if (!(terms.get(term) instanceof Term.Apply(var op, var quotient, var extent)) || op != Elementwise.DIV
                || !(terms.get(quotient.getFirst()) instanceof Term.Apply(var sum, var summands, var full))
                || sum != Elementwise.ADD) {
            return null;
        }
        var found = normalized(summands.getFirst(), summands.getLast(), quotient.getLast());
        return found != null ? found : normalized(summands.getLast(), summands.getFirst(), quotient.getLast());
    }

    private @Nullable BatchNormalized normalized(int of, int negatedMean, int deviation) {
        if (terms.get(of).extent().isFull()
                && terms.get(negatedMean) instanceof Term.Apply(var neg, var negated, var small)
                && neg == Elementwise.NEG
                && isOverBatch(negated.getFirst(), Moment.MEAN, of) && isOverBatch(deviation, Moment.DEVIATION, of)) {
            return new BatchNormalized(of, negated.getFirst(), deviation);
        }
        return null;
    }

    private boolean isOverBatch(int term, Moment moment, int of) {
        return terms.get(term) instanceof Term.Apply(Aggregation(var found, var over), var inputs, var extent)
                && found == moment && over == IndexSet.BATCH && inputs.getFirst() == of;
    }
}
