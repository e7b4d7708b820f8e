package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a worker gives a layer up (EvoNorms, section on rejection).
 *
 * @param gates quality gates of every anchor, in order of their step
 * @param finalAccuracy an anchor's accuracy below this after its full training rejects the layer; 0 for never
 * @param stability the gradient-ascent test
 * @param slowerThanBatchNorm a step this many times slower than BN-ReLU's on the same worker rejects; 0 for never
 */
public record Rejections(List<QualityGate> gates, double finalAccuracy, Stability stability,
        double slowerThanBatchNorm) {

    public Rejections {
        gates = List.copyOf(gates);
        Require.within("proxy.rejections.finalAccuracy", finalAccuracy, 0, 1);
        Require.within("proxy.rejections.slowerThanBatchNorm", slowerThanBatchNorm, 0, 1000);
    }

    /** Whether there is a quality gate, or a bar at the end. */
    boolean refusesWeakLayers() {
        return !gates.isEmpty() || finalAccuracy > 0;
    }

    /** The same rules with the stability test in another anchor. */
    public Rejections onAnchor(int anchor) {
        var test = new Stability(anchor, stability.images, stability.firstSteps, stability.steps, stability.rate,
                stability.limit, stability.betterHalfOnly);
        return new Rejections(gates, finalAccuracy, test, slowerThanBatchNorm);
    }

    /** A look at an anchor in mid-training. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = QualityGate.Loss.class, name = "loss"),
            @JsonSubTypes.Type(value = QualityGate.Accuracy.class, name = "accuracy")})
    public sealed interface QualityGate {

        /** After how many steps of a training of {@code steps} it looks. */
        int step(int steps);

        /** Names of the anchors it looks at; null for all. */
        @Nullable
        List<String> anchors();

        /** Whether it looks at this anchor. */
        default boolean on(String anchor) {
            var some = anchors();
            return some == null || some.contains(anchor);
        }

        private static @Nullable List<String> copied(@Nullable List<String> anchors) {
            Require.that(anchors == null || !anchors.isEmpty(), "gate.anchors", "empty",
                    "names of anchors; without the field it looks at all");
            return anchors == null ? null : List.copyOf(anchors);
        }

        /**
         * Too weak if the mean of the last five training losses is above ln(classes) + margin. Costs nothing.
         *
         * @param fraction of the steps, for example 0.25
         * @param margin nats above the loss of guessing
         * @param anchors names of the anchors it looks at; null for all
         */
        record Loss(double fraction, double margin, @Nullable List<String> anchors) implements QualityGate {
            public Loss {
                anchors = copied(anchors);
                Require.within("gate.fraction", fraction, 0.001, 1);
                Require.within("gate.margin", margin, -3, 100);
            }

            @Override
            public int step(int steps) {
                return Math.max(1, (int) Math.round(fraction * steps));
            }
        }

        /**
         * Too weak if the accuracy on the search images is below {@code accuracy}: the paper's rule is 20 % at step 100.
         *
         * @param anchors names of the anchors it looks at; null for all
         */
        record Accuracy(int atStep, double accuracy, @Nullable List<String> anchors) implements QualityGate {
            public Accuracy {
                anchors = copied(anchors);
                Require.within("gate.atStep", atStep, 1, 10_000_000);
                Require.within("gate.accuracy", accuracy, 0, 1);
            }

            @Override
            public int step(int steps) {
                return Math.min(atStep, steps);
            }
        }
    }

    /**
     * The stability test: plain ascent θ ← θ + rate·∇‖∇loss‖ on one small batch, Hessian-vector product by finite difference.
     *
     * @param anchor position of the anchor it runs in
     * @param images size of the batch
     * @param firstSteps ascent steps before any training; 0 for no test
     * @param steps ascent steps in all
     * @param rate of the ascent
     * @param limit a gradient norm above this, or a non-finite one, rejects
     * @param betterHalfOnly the steps after {@code firstSteps} only for layers whose first anchor scored at least the
     *        window's median
     */
    public record Stability(int anchor, int images, int firstSteps, int steps, double rate, double limit,
            boolean betterHalfOnly) {
        public Stability {
            Require.within("stability.anchor", anchor, 0, 7);
            Require.within("stability.images", images, 1, 8192);
            Require.within("stability.firstSteps", firstSteps, 0, 10_000);
            Require.within("stability.steps", steps, firstSteps, 10_000);
            Require.within("stability.rate", rate, 1e-9, 1000);
            Require.within("stability.limit", limit, 1, 1e30);
        }
    }
}
