package dev.normforge.worker.training;

import dev.normforge.graph.Phenotype;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Torch;
import java.util.List;

/**
 * The training of one anchor with one layer, which can be advanced, evaluated and continued. For one thread, which
 * {@link Torch#prepareThread()} has set up.
 */
public final class TrainingRun implements AutoCloseable {

    private TrainingRun() {
    }

    /**
     * @param layer in every normalization-activation slot
     * @param proxy the task; its anchors are not looked at
     * @param images at least the training images of the proxy, of its side
     * @param seed of initial weights and batches; the batches are the same for every layer and anchor
     */
    public static TrainingRun start(Torch torch, Phenotype layer, AnchorSpec anchor, ProxySpec proxy, Images images,
            long seed) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Trains until {@code step} steps are done, or until the loss is not finite or above 1e4. */
    public void advanceTo(int step, StepListener onStep) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Whether every loss so far was finite and at most 1e4. */
    public boolean finite() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Steps done. */
    public int step() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Mean of the last five training losses. */
    public double recentLoss() {
        throw new UnsupportedOperationException("not yet");
    }

    public List<AnchorScore.CurvePoint> curve() {
        throw new UnsupportedOperationException("not yet");
    }

    public double medianStepMillis() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Counts right answers, with statistics as the proxy says. Training can go on afterwards as if nothing had happened. */
    public AnchorScore.Count evaluate(Images.Range range) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * The stability test's measurement on the first {@code count} training images.
     *
     * @return a network of its own with this run's initial weights; to be closed
     */
    public GradientProbe probe(int count) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
