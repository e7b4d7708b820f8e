package dev.normforge.report;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the reference layers say about a search's own proxy, before its budget is spent.
 *
 * @param anchors names, in the proxy's order
 * @param noise between seeds
 * @param references one entry per reference, in order of measurement
 * @param separation whether the proxy tells normalization from none
 */
public record Calibration(List<String> anchors, Noise noise, List<Baseline> references, Separation separation) {

    public Calibration {
        anchors = List.copyOf(anchors);
        references = List.copyOf(references);
    }

    /**
     * Standard deviation of an accuracy between seeds, pooled over the references whose runs all stayed finite.
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
            return new Noise(Collections.nCopies(anchors, 0.0), 0, 0);
        }
    }

    /**
     * One reference layer.
     *
     * @param layer its name
     * @param runs how many trainings
     * @param diverged of these, how many did not stay finite and count as zero correct
     * @param accuracy mean over anchors and seeds
     * @param anchors mean over seeds, per anchor
     * @param stepMillis median milliseconds of a training step, per anchor; empty where no run stayed finite
     */
    public record Baseline(String layer, int runs, int diverged, Interval accuracy, List<Interval> anchors,
            List<Double> stepMillis) {
        public Baseline {
            anchors = List.copyOf(anchors);
            stepMillis = List.copyOf(stepMillis);
        }
    }

    /**
     * BN-ReLU against the same block without normalization.
     *
     * @param answer whether the gap is at least three standard errors
     * @param difference of the mean accuracies; 0 where unknown
     * @param standardErrors the difference in units of its standard error; 0 where unknown
     * @param sentence for people
     */
    public record Separation(Answer answer, double difference, double standardErrors, String sentence) {

        public enum Answer {
            YES, NO, UNKNOWN
        }
    }

    /**
     * @param anchors names, in the proxy's order
     * @param runs of the references; a seed whose worker failed may be missing
     */
    public static Calibration of(List<String> anchors, List<Measurement> runs) {
        return new Calibrating(anchors, runs).calibration();
    }

    /** The inverse of {@link #json()}. */
    public static Calibration read(String json) {
        return ReportJson.read(json, Calibration.class);
    }

    /** JSON for {@code search.calibration}. */
    public String json() {
        return ReportJson.write(this);
    }

    public @Nullable Baseline reference(String layer) {
        return references.stream().filter(one -> one.layer().equals(layer)).findFirst().orElse(null);
    }
}
