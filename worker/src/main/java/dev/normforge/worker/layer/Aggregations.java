package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Extent;
import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Moment;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.layer.Value.Full;
import dev.normforge.worker.layer.Value.Small;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Means and deviations in one forward pass. Those of a full-size array are taken once, whatever factor stands before it:
 * std(a·t + b) follows from the variance of t and a where a and b do not vary over the axes.
 */
final class Aggregations {

    private static final double[] NONE = {};

    private final Smalls smalls;
    private final Constants constants;
    private final double epsilon;
    private final BatchMoments moments;
    /** By array, not by content. */
    private final Map<NDArray, Map<Aggregation, Small>> taken = new IdentityHashMap<>();

    Aggregations(Smalls smalls, Constants constants, double epsilon, BatchMoments moments) {
        this.smalls = smalls;
        this.constants = constants;
        this.epsilon = epsilon;
        this.moments = moments;
    }

    /** The kept value of an aggregation over the batch, or null where the batch's own is to be used. */
    @Nullable
    Small kept(int term, Aggregation aggregation, Extent extent, NDArray x) {
        if (aggregation.over() != IndexSet.BATCH) {
            return null;
        }
        double[] kept = moments.kept(term, aggregation.moment(), smalls.length(extent));
        return kept == null ? null : given(kept, aggregation.moment(), extent, x.getManager());
    }

    /** Statistics from elsewhere, constants for the gradient. */
    private Small given(double[] numbers, Moment moment, Extent extent, NDManager scope) {
        var value = new Small(smalls.constant(scope, numbers), extent);
        return moment == Moment.MEAN ? value : smalls.root(value, epsilon);
    }

    /** @param x shape of the layer's input */
    Small ofSmall(int term, Aggregation aggregation, Small input, Shape x) {
        var over = aggregation.over();
        return switch (aggregation.moment()) {
            case MEAN -> {
                var mean = smalls.mean(input, over);
                yield watched(term, aggregation, mean, null, x, mean);
            }
            case ROOT_MEAN_SQUARE -> {
                var square = smalls.orNotANumber(smalls.mean(smalls.multiply(input, input), over));
                yield watched(term, aggregation, square, null, x, smalls.root(square, epsilon));
            }
            case DEVIATION -> {
                var mean = smalls.mean(input, over);
                var centred = smalls.subtract(input, mean);
                var variance = smalls.orNotANumber(smalls.mean(smalls.multiply(centred, centred), over));
                yield watched(term, aggregation, mean, variance, x, smalls.root(variance, epsilon));
            }
        };
    }

    /** @param input its scale and shift do not vary over the axes of the aggregation; no shift for a root mean square */
    Small ofFull(int term, Aggregation aggregation, Full input) {
        var over = aggregation.over();
        var x = input.base.getShape();
        return switch (aggregation.moment()) {
            case MEAN -> {
                var mean = affine(moment(input.base, aggregation), input);
                yield watched(term, aggregation, mean, null, x, mean);
            }
            case ROOT_MEAN_SQUARE -> {
                var half = scaledTwice(moment(input.base, aggregation), input);
                yield watched(term, aggregation, half, null, x, smalls.rootOfHalf(half, epsilon));
            }
            case DEVIATION -> {
                var half = orNotFinite(scaledTwice(moment(input.base, aggregation), input), input.shift);
                if (over == IndexSet.BATCH && moments.watching()) {
                    var mean = affine(moment(input.base, new Aggregation(Moment.MEAN, over)), input);
                    yield watched(term, aggregation, mean, half, x, smalls.rootOfHalf(half, epsilon));
                }
                yield smalls.rootOfHalf(half, epsilon);
            }
        };
    }

    /** A variance does not see a shift, but a shift that is not finite must not vanish. */
    private Small orNotFinite(Small variance, @Nullable Small shift) {
        return shift == null ? variance : smalls.add(variance, smalls.subtract(shift, shift));
    }

    private Small affine(Small mean, Full input) {
        var scaled = input.scale == null ? mean : smalls.multiply(mean, input.scale);
        var signed = input.negative ? smalls.negate(scaled) : scaled;
        return input.shift == null ? signed : smalls.add(signed, input.shift);
    }

    /** half · scale², still with half of the gradient, since that of scale² comes from one factor alone too. */
    private Small scaledTwice(Small half, Full input) {
        if (input.scale == null) {
            return half;
        }
        var fixed = new Small(input.scale.array().stopGradient(), input.scale.extent());
        return smalls.multiply(smalls.multiply(half, fixed), input.scale);
    }

    /** The result, unless whoever watches gives another one. */
    private Small watched(int term, Aggregation aggregation, Small mean, @Nullable Small variance, Shape x,
            Small result) {
        if (aggregation.over() != IndexSet.BATCH || !moments.watching()) {
            return result;
        }
        double[] used = moments.observe(term, aggregation.moment(), constants.read(mean.array()),
                variance == null ? NONE : constants.read(variance.array()), (int) x.get(0),
                (int) (x.get(2) * x.get(3)));
        return used == null
                ? result
                : given(used, aggregation.moment(), result.extent(), result.array().getManager());
    }

    /** The mean of a full-size array, or its mean of squares or variance, which have but half of their gradient. */
    private Small moment(NDArray base, Aggregation aggregation) {
        var ofBase = taken.computeIfAbsent(base, array -> new HashMap<>());
        var known = ofBase.get(aggregation);
        if (known == null) {
            var over = aggregation.over();
            known = switch (aggregation.moment()) {
                case MEAN -> average(base, over);
                case ROOT_MEAN_SQUARE -> averageSquare(base, over);
                case DEVIATION -> {
                    // Two passes: E[t²] − E[t]² loses every digit when the mean is large. The gradient flows through the
                    // mean, although its share is zero but for rounding: it centres the gradient of equal numbers.
                    var mean = moment(base, new Aggregation(Moment.MEAN, over));
                    yield averageSquare(base.sub(mean.array()), over);
                }
            };
            ofBase.put(aggregation, known);
        }
        return known;
    }

    private Small averageSquare(NDArray t, IndexSet over) {
        return new Small(smalls.averageSquare(t, over), Extent.FULL.after(over));
    }

    private Small average(NDArray t, IndexSet over) {
        return new Small(smalls.average(t, over), Extent.FULL.after(over));
    }
}
