package dev.normforge.worker.layer;

import ai.djl.ndarray.NDArray;
import dev.normforge.graph.Extent;
import dev.normforge.worker.engine.Constants;
import dev.normforge.worker.engine.Kernels;
import dev.normforge.worker.layer.Value.Full;
import dev.normforge.worker.layer.Value.Small;
import org.jspecify.annotations.Nullable;

/** Arithmetic of full-size values whose scale and shift wait, and their end: the array. */
final class Factors {

    private final Smalls smalls;
    private final Constants constants;

    Factors(Smalls smalls, Constants constants) {
        this.smalls = smalls;
        this.constants = constants;
    }

    Full times(Full value, Small factor) {
        var scale = value.scale == null ? factor : smalls.multiply(value.scale, factor);
        var shift = value.shift == null ? null : smalls.multiply(value.shift, factor);
        return new Full(value.base, scale, value.negative, shift);
    }

    Full plus(Full value, Small summand) {
        return value.withShift(value.shift == null ? summand : smalls.add(value.shift, summand));
    }

    Full minus(Full value, Small subtrahend) {
        return value.withShift(
                value.shift == null ? smalls.negate(subtrahend) : smalls.subtract(value.shift, subtrahend));
    }

    Full negated(Full value) {
        var shift = value.shift == null ? null : smalls.negate(value.shift);
        return new Full(value.base, value.scale, !value.negative, shift);
    }

    /** a + b: shifts wait on. */
    Full sum(Full a, Full b) {
        var shift = sumOf(a.shift, b.shift);
        var left = a.withShift(null);
        var right = b.withShift(null);
        NDArray base;
        if (right.negative && right.scale == null) {
            base = array(left).sub(right.base);
        } else if (left.negative && left.scale == null) {
            base = array(right).sub(left.base);
        } else {
            base = array(left).add(array(right));
        }
        return new Full(base, null, false, shift);
    }

    private @Nullable Small sumOf(@Nullable Small a, @Nullable Small b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return smalls.add(a, b);
    }

    /** a · b: scales of values without shift wait on. */
    Full product(Full a, Full b) {
        var left = onlyScaled(a);
        var right = onlyScaled(b);
        var scale = left.scale == null || right.scale == null
                ? left.scale == null ? right.scale : left.scale
                : smalls.multiply(left.scale, right.scale);
        return new Full(left.base.mul(right.base), scale, left.negative != right.negative, null);
    }

    /** a / b. The divisor is complete: an infinite factor that waited on would be lost in dividing by it. */
    Full quotient(Full a, Full b) {
        var left = onlyScaled(a);
        return new Full(left.base.div(array(b)), left.scale, left.negative, null);
    }

    /** a / b for a small a. */
    Full quotient(Small a, Full b) {
        return new Full(Kernels.reciprocal(array(b), constants.of(1)), a, false, null);
    }

    /**
     * max(t, 0) as ½·t·(sign(t) + 1), with the sign cut off from the gradient: half of the gradient at 0, as the maximum has
     * and a rectifier has not. Channels whose input is constant make such ties the rule.
     */
    Full rectified(Full value) {
        var t = array(value);
        var twice = t.mul(t.stopGradient().sign().addi(constants.of(1)));
        return new Full(twice, half(t), false, null);
    }

    private Small half(NDArray like) {
        return new Small(Kernels.borrow(constants.of(0.5), like.getManager()), Extent.SCALAR);
    }

    /** The same value as base · scale, without a shift. */
    private Full onlyScaled(Full value) {
        return value.shift == null ? value : Full.of(array(value));
    }

    /** The value itself, (N, C, H, W). */
    NDArray array(Full value) {
        if (value.array == null) {
            value.array = applied(value);
        }
        return value.array;
    }

    private NDArray applied(Full value) {
        var base = value.base;
        var scale = scale(value);
        var shift = value.shift;
        if (scale == null) {
            if (value.negative) {
                return shift == null ? base.neg() : base.neg().add(shift.array());
            }
            return shift == null ? base : base.add(shift.array());
        }
        if (shift == null) {
            return base.mul(scale.array());
        }
        // The product is nobody's saved value: adding in place spares a pass.
        return base.mul(scale.array()).addi(shift.array());
    }

    private @Nullable Small scale(Full value) {
        return value.scale != null && value.negative ? smalls.negate(value.scale) : value.scale;
    }
}
