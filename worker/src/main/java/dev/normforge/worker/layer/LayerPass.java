package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Extent;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import dev.normforge.worker.layer.Value.Full;
import dev.normforge.worker.layer.Value.Small;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One forward pass through a phenotype, from its output backwards: what a rewrite makes unnecessary is never computed. */
final class LayerPass {

    private final Phenotype phenotype;
    private final TermFacts facts;
    private final Constants constants;
    private final double epsilon;
    private final Smalls smalls;
    private final Factors factors;
    private final Aggregations aggregations;
    private final NDArray x;
    private final SlotParameters parameters;
    private final NDManager scope;
    private final @Nullable Value[] values;

    LayerPass(Phenotype phenotype, TermFacts facts, Constants constants, double epsilon, Smalls smalls, Factors factors,
            Aggregations aggregations, NDArray x, SlotParameters parameters) {
        this.phenotype = phenotype;
        this.facts = facts;
        this.constants = constants;
        this.epsilon = epsilon;
        this.smalls = smalls;
        this.factors = factors;
        this.aggregations = aggregations;
        this.x = x;
        this.parameters = parameters;
        this.scope = x.getManager();
        this.values = new Value[phenotype.terms().size()];
    }

    /** The layer's result, after ·gamma + beta, as large as x. */
    NDArray output() {
        var gamma = new Small(parameters.gamma(), Extent.PER_CHANNEL);
        var beta = new Small(parameters.beta(), Extent.PER_CHANNEL);
        return switch (value(phenotype.terms().size() - 1)) {
            case Full full -> factors.array(factors.plus(factors.times(full, gamma), beta));
            case Small small -> smalls.add(smalls.multiply(small, gamma), beta).array().broadcast(x.getShape());
        };
    }

    private Value value(int index) {
        var known = values[index];
        if (known == null) {
            known = switch (phenotype.terms().get(index)) {
                case Term.Constant(double number) -> new Small(constant(number), Extent.SCALAR);
                case Term.Input(var source) -> input(source);
                case Term.Apply(Aggregation aggregation, var inputs, var extent) ->
                    aggregate(index, aggregation, inputs.getFirst(), extent);
                case Term.Apply(Elementwise operation, var inputs, var extent) -> apply(operation, inputs);
            };
            values[index] = known;
        }
        return known;
    }

    /** An infinite constant is no number, so that nothing made of it looks finite again. */
    private NDArray constant(double number) {
        return Kernels.borrow(constants.of(Float.isFinite((float) number) ? number : Double.NaN), scope);
    }

    private Value input(Term.Source source) {
        return switch (source) {
            case X -> Full.of(x);
            case V0 -> new Small(Objects.requireNonNull(parameters.v0(), "v0"), Extent.PER_CHANNEL);
            case V1 -> new Small(Objects.requireNonNull(parameters.v1(), "v1"), Extent.PER_CHANNEL);
        };
    }

    private Small aggregate(int index, Aggregation aggregation, int input, Extent extent) {
        var kept = aggregations.kept(index, aggregation, extent, x);
        if (kept != null) {
            return kept;
        }
        return switch (value(input)) {
            case Small small -> aggregations.ofSmall(index, aggregation, small, x.getShape());
            case Full full -> aggregations.ofFull(index, aggregation, ready(full, aggregation));
        };
    }

    /** A value whose moments follow from those of its base. */
    private Full ready(Full value, Aggregation aggregation) {
        boolean follows = constantOver(value.scale, aggregation.over())
                && constantOver(value.shift, aggregation.over())
                && (aggregation.moment() != Moment.ROOT_MEAN_SQUARE || value.shift == null);
        return follows ? value : Full.of(factors.array(value));
    }

    private static boolean constantOver(@Nullable Small factor, IndexSet over) {
        return factor == null || factor.extent().constantOver(over);
    }

    private Value apply(Elementwise operation, List<Integer> inputs) {
        int first = inputs.getFirst();
        int second = inputs.getLast();
        return switch (operation) {
            case ADD -> add(value(first), value(second));
            case MUL -> multiply(value(first), value(second));
            case DIV -> divide(first, second);
            case MAX -> max(first, second);
            case NEG -> switch (value(first)) {
                case Small small -> smalls.negate(small);
                case Full full -> factors.negated(full);
            };
            case SQUARE -> multiply(value(first), value(first));
            case SIGMOID, TANH, EXP, LOG, ABS, SQRT -> unary(operation, first);
        };
    }

    private Value add(Value a, Value b) {
        if (a instanceof Small left) {
            return b instanceof Small right ? smalls.add(left, right) : factors.plus((Full) b, left);
        }
        return b instanceof Small right ? factors.plus((Full) a, right) : factors.sum((Full) a, (Full) b);
    }

    private Value multiply(Value a, Value b) {
        if (a instanceof Small left) {
            return b instanceof Small right ? smalls.multiply(left, right) : factors.times((Full) b, left);
        }
        return b instanceof Small right ? factors.times((Full) a, right) : factors.product((Full) a, (Full) b);
    }

    private Value divide(int dividend, int divisor) {
        var a = value(dividend);
        if (phenotype.terms().get(divisor) instanceof Term.Constant(double number)
                && Math.abs(number) < Float.MIN_NORMAL) {
            return multiply(a, new Small(constant(Double.NaN), Extent.SCALAR));
        }
        return switch (value(divisor)) {
            case Small small when a instanceof Small numerator -> smalls.divide(numerator, visible(small, divisor));
            case Small small -> factors.times((Full) a, smalls.reciprocal(visible(small, divisor)));
            case Full full when a instanceof Small numerator -> factors.quotient(numerator, full);
            case Full full -> factors.quotient((Full) a, full);
        };
    }

    private Value max(int first, int second) {
        var a = value(first);
        var b = value(second);
        if (a instanceof Small left && b instanceof Small right) {
            return smalls.max(visible(left, first), visible(right, second));
        }
        if (a instanceof Full full && facts.nonNegative(second)) {
            return maxOf(full, b, second);
        }
        if (b instanceof Full full && facts.nonNegative(first)) {
            return maxOf(full, a, first);
        }
        return Full.of(array(a).maximum(array(b)));
    }

    /** s + rectified(t − s): for s ≥ 0 nothing is lost by adding s again, and a fraction of the maximum's cost backward. */
    private Full maxOf(Full full, Value floor, int floorTerm) {
        if (phenotype.terms().get(floorTerm) instanceof Term.Constant(double number) && number == 0) {
            return factors.rectified(full);
        }
        return switch (floor) {
            case Small small -> factors.plus(factors.rectified(factors.minus(full, small)), small);
            case Full other -> factors.sum(factors.rectified(factors.sum(full, factors.negated(other))), other);
        };
    }

    private NDArray array(Value value) {
        return switch (value) {
            case Small small -> small.array();
            case Full full -> factors.array(full);
        };
    }

    /** The same, but no number where it overflowed: division, tanh and their like would make a finite value of infinity. */
    private Small visible(Small small, int term) {
        return facts.tame(term) ? small : smalls.orNotANumber(small);
    }

    private Value unary(Elementwise operation, int input) {
        return switch (value(input)) {
            case Small small -> new Small(map(operation, visible(small, input).array(), input), small.extent());
            case Full full -> Full.of(map(operation, factors.array(full), input));
        };
    }

    private NDArray map(Elementwise operation, NDArray a, int term) {
        return switch (operation) {
            case SIGMOID -> Kernels.sigmoid(a);
            case TANH -> a.tanh();
            case EXP -> a.exp();
            case ABS -> facts.positive(term) ? a : a.abs(); // max(a, 0) has half a gradient at 0, its magnitude none
            case LOG -> signed(a, logarithm(a, term), term);
            case SQRT -> signed(a, magnitude(a, term).sqrt(), term);
            case ADD, MUL, DIV, MAX, NEG, SQUARE -> throw new IllegalArgumentException(operation.op());
        };
    }

    private NDArray magnitude(NDArray a, int term) {
        return (facts.positive(term) ? a : a.abs()).add(constants.of(epsilon));
    }

    /**
     * ln(|a| + ε) = ln m + (|a| + ε − m)/m to first order, with m the rounded sum: at |a| = 1 rounding would take a hundredth
     * part of ε away, and with it of the logarithm.
     */
    private NDArray logarithm(NDArray a, int term) {
        var bare = facts.positive(term) ? a : a.abs();
        var sum = bare.add(constants.of(epsilon));
        var lost = sum.stopGradient().sub(bare.stopGradient()).subi(constants.of(epsilon)).divi(sum.stopGradient());
        return sum.log().subi(lost);
    }

    /** With the sign of a, whose own gradient is zero. */
    private NDArray signed(NDArray a, NDArray magnitude, int term) {
        return facts.positive(term) ? magnitude : magnitude.mul(a.stopGradient().sign());
    }
}
