package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Why a worker gave a layer up: a fact about the layer, with the measured value and where it was measured. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reason")
@JsonSubTypes({@JsonSubTypes.Type(value = Rejection.Unstable.class, name = "unstable"),
        @JsonSubTypes.Type(value = Rejection.HighLoss.class, name = "high-loss"),
        @JsonSubTypes.Type(value = Rejection.LowAccuracy.class, name = "low-accuracy"),
        @JsonSubTypes.Type(value = Rejection.NotFinite.class, name = "not-finite"),
        @JsonSubTypes.Type(value = Rejection.TooSlow.class, name = "too-slow")})
public sealed interface Rejection {

    /** The funnel's column. */
    Stage stage();

    /** Where in a candidate's life a worker's rejections happen. */
    enum Stage {
        STABILITY, QUALITY, NUMERIC, TIME
    }

    /** The gradient norm passed the limit at this ascent step. A non-finite norm is stored as the largest double. */
    record Unstable(int ascentStep, double gradientNorm) implements Rejection {
        @Override
        public Stage stage() {
            return Stage.STABILITY;
        }
    }

    /** The mean of the last five losses was above the gate's limit. */
    record HighLoss(String anchor, int step, double loss, double limit) implements Rejection {
        @Override
        public Stage stage() {
            return Stage.QUALITY;
        }
    }

    /** The accuracy was below what a gate or the end of an anchor requires. */
    record LowAccuracy(String anchor, int step, int correct, int total, double required) implements Rejection {
        @Override
        public Stage stage() {
            return Stage.QUALITY;
        }
    }

    /** The training loss was not finite, or above 1e4. */
    record NotFinite(String anchor, int step) implements Rejection {
        @Override
        public Stage stage() {
            return Stage.NUMERIC;
        }
    }

    /** A step took this many times BN-ReLU's on the same worker. */
    record TooSlow(String anchor, double timesBatchNorm, double limit) implements Rejection {
        @Override
        public Stage stage() {
            return Stage.TIME;
        }
    }
}
