package dev.normforge.worker.gate;

import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorScore.CurvePoint;
import dev.normforge.protocol.Measured;
import dev.normforge.worker.training.GradientProbe;
import dev.normforge.worker.training.StepListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The training of one anchor with the layer in question, as far as judging it needs; see {@code TrainingRun}. */
interface AnchorTraining extends AutoCloseable {

    /** Trains until {@code step} steps are done, or until a loss is not finite or beyond what can come back. */
    void advanceTo(int step, StepListener onStep);

    /** Whether every loss so far was finite, and none beyond what can come back. */
    boolean finite();

    /** Steps done. */
    int step();

    /** Mean of the last five training losses. */
    double recentLoss();

    List<CurvePoint> curve();

    double medianStepMillis();

    /** Right answers on the search images. */
    AnchorScore.Count searchCount();

    /** Right answers on the images that the request is scored on. */
    AnchorScore.Count scoreCount();

    /** How many images {@link #scoreCount()} looks at. */
    int scored();

    /** Right answers on the test images; only where the request asks for them. */
    AnchorScore.Count testCount();

    /** What the request's observation brought, after the last step; null where nothing was looked at. */
    @Nullable
    Measured measured();

    /** The stability test's measurement on a network of its own with this training's initial weights; to be closed. */
    GradientProbe probe(int images);

    @Override
    void close();
}
