package dev.normforge.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One anchor's result as counts: exact, and intervals can be computed from them.
 *
 * @param anchor its name
 * @param correct images classified rightly, of {@code total}; where images are restored, those that came out nearer to the
 *        original than they went in
 * @param test counts on the test images, in the last confirmation runs alone
 * @param loss mean of the last five training losses
 * @param steps training steps
 * @param stepMillis median milliseconds of a step
 * @param curve training loss at a few steps
 * @param measured what else was looked at; null where nothing was
 */
public record AnchorScore(String anchor, int correct, int total, @Nullable Count test, double loss, int steps,
        double stepMillis, List<CurvePoint> curve, @Nullable Measured measured) {

    /** Correct of total. */
    public record Count(int correct, int total) {
        public double accuracy() {
            return (double) correct / total;
        }
    }

    /** Mean training loss of the steps since the last point. */
    public record CurvePoint(int step, double loss) {
    }

    public AnchorScore {
        curve = List.copyOf(curve);
        Require.that(total > 0 && correct >= 0 && correct <= total, "score", correct + " of " + total,
                "correct between 0 and total");
    }

    /** A score and nothing else. */
    public AnchorScore(String anchor, int correct, int total, @Nullable Count test, double loss, int steps,
            double stepMillis, List<CurvePoint> curve) {
        this(anchor, correct, total, test, loss, steps, stepMillis, curve, null);
    }

    /** The same without what is sealed. */
    public AnchorScore withoutTest() {
        return new AnchorScore(anchor, correct, total, null, loss, steps, stepMillis, curve, measured);
    }

    public double accuracy() {
        return (double) correct / total;
    }
}
