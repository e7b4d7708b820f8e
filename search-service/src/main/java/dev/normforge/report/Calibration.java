package dev.normforge.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the reference layers say about a search's own proxy, before its budget is spent.
 *
 * @param anchors names, in the proxy's order
 * @param noise between seeds
 * @param references one entry per reference, in the order of the specification
 * @param separation whether the proxy tells normalization from none
 */
public record Calibration(List<String> anchors, Noise noise, List<Baseline> references, Separation separation) {

    public Calibration {
        anchors = List.copyOf(anchors);
        references = List.copyOf(references);
    }

    /**
     * Standard deviation of an accuracy between seeds, pooled over the references.
     *
     * @param anchors per anchor
     * @param mean of the mean over anchors
     * @param degreesOfFreedom how many it was estimated from; 0: one seed each, nothing is known and the values are 0
     */
    public record Noise(List<Double> anchors, double mean, int degreesOfFreedom) {
        public Noise {
            anchors = List.copyOf(anchors);
        }

        /** Nothing known about {@code anchors} anchors. */
        public static Noise unknown(int anchors) {
            return new Noise(java.util.Collections.nCopies(anchors, 0.0), 0, 0);
        }
    }

    /**
     * One reference layer.
     *
     * @param layer its name
     * @param runs how many trainings
     * @param accuracy mean over anchors and seeds
     * @param anchors mean over seeds, per anchor
     * @param stepMillis median milliseconds of a training step, per anchor
     */
    public record Baseline(String layer, int runs, Interval accuracy, List<Interval> anchors, List<Double> stepMillis) {
        public Baseline {
            anchors = List.copyOf(anchors);
            stepMillis = List.copyOf(stepMillis);
        }
    }

    /**
     * BN-ReLU against the same block without normalization.
     *
     * @param answer whether the gap is beyond noise
     * @param difference of the mean accuracies
     * @param standardErrors the difference in units of its standard error
     * @param sentence for people
     */
    public record Separation(Answer answer, double difference, double standardErrors, String sentence) {

        public enum Answer {
            YES, NO, UNKNOWN
        }
    }

    /** @param runs of the references; a seed whose worker failed may be missing */
    public static Calibration of(List<String> anchors, List<Measurement> runs) {
        throw new UnsupportedOperationException("not yet " + anchors + runs);
    }

    /** The JSON of {@code search.calibration}. */
    public static Calibration read(String json) {
        throw new UnsupportedOperationException("not yet " + json.length());
    }

    /** JSON for {@code search.calibration}. */
    public String json() {
        throw new UnsupportedOperationException("not yet");
    }

    public @Nullable Baseline reference(String layer) {
        return references.stream().filter(one -> one.layer().equals(layer)).findFirst().orElse(null);
    }
}
