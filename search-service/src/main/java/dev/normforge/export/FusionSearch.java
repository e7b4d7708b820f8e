package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Extent;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Fusion}s of a phenotype. */
final class FusionSearch {

    private static final int NONE = -1;

    private final List<Term> terms;
    /** Of each term: the positions of those that read it, one that reads it twice stands there twice. */
    private final List<List<Integer>> readers = new ArrayList<>();
    private final Map<Integer, Fusion> found = new HashMap<>();

    FusionSearch(Phenotype phenotype) {
        this.terms = phenotype.terms();
        for (int t = 0; t < terms.size(); t++) {
            readers.add(new ArrayList<>());
            for (int input : inputs(t)) {
                readers.get(input).add(t);
            }
        }
        for (int t = 0; t < terms.size(); t++) {
            silu(t);
            standardized(t);
        }
    }

    Map<Integer, Fusion> found() {
        return Map.copyOf(found);
    }

    private List<Integer> inputs(int t) {
        return terms.get(t) instanceof Term.Apply apply ? apply.inputs() : List.of();
    }

    private boolean is(int t, Elementwise op) {
        return terms.get(t) instanceof Term.Apply(var applied, var _, var _) && applied == op;
    }

    private boolean readOnce(int t) {
        return readers.get(t).size() == 1;
    }

    /** The other one of two inputs. */
    private int other(int t, int input) {
        return inputs(t).getFirst() == input ? inputs(t).getLast() : inputs(t).getFirst();
    }

    private void silu(int t) {
        if (!is(t, Elementwise.MUL)) {
            return;
        }
        for (int sigmoid : inputs(t)) {
            if (is(sigmoid, Elementwise.SIGMOID) && readOnce(sigmoid)
                    && other(t, sigmoid) == inputs(sigmoid).getFirst()) {
                found.put(t, new Fusion.Silu(inputs(sigmoid).getFirst(), Set.of(sigmoid)));
            }
        }
    }

    private void standardized(int t) {
        if (!is(t, Elementwise.DIV)) {
            return;
        }
        int centred = inputs(t).getFirst();
        int deviation = inputs(t).getLast();
        if (is(centred, Elementwise.ADD) && readOnce(centred) && readOnce(deviation)
                && terms.get(deviation) instanceof Term.Apply(Aggregation(var moment, var over), var of, var _)
                && moment == Moment.DEVIATION && terms.get(of.getFirst()).extent().isFull()) {
            int negative = other(centred, of.getFirst());
            int mean = is(negative, Elementwise.NEG) ? inputs(negative).getFirst() : NONE;
            if (mean != NONE && readOnce(negative) && isMean(mean, over, of.getFirst())) {
                put(t, new Fusion.Standardized(of.getFirst(), over, mean, deviation, null, null,
                        Set.of(centred, negative, mean, deviation)));
            }
        }
    }

    private boolean isMean(int t, IndexSet over, int of) {
        return terms.get(t) instanceof Term.Apply(var op, var inputs, var _) && readOnce(t)
                && op.equals(new Aggregation(Moment.MEAN, over)) && inputs.getFirst() == of;
    }

    /** With the weight and the bias that follow; a bias alone is none: PyTorch 2.13 cannot take its gradient. */
    private void put(int t, Fusion.Standardized bare) {
        var inner = new HashSet<>(bare.inner());
        var weight = applied(t, Elementwise.MUL);
        int scaled = weight == null ? t : readers.get(t).getFirst();
        var bias = weight == null ? null : applied(scaled, Elementwise.ADD);
        int last = bias == null ? scaled : readers.get(scaled).getFirst();
        inner.addAll(List.of(t, scaled));
        inner.remove(last);
        found.put(last, new Fusion.Standardized(bare.input(), bare.over(), bare.mean(), bare.deviation(), weight, bias,
                inner));
    }

    /** A number for each channel which the only reader of a term combines it with. */
    private @Nullable Integer applied(int t, Elementwise op) {
        if (!readOnce(t) || !is(readers.get(t).getFirst(), op)) {
            return null;
        }
        int other = other(readers.get(t).getFirst(), t);
        return terms.get(other).extent().equals(Extent.PER_CHANNEL) ? other : null;
    }
}
