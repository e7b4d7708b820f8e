package dev.normforge.worker.training;

/** Is told of every training step: progress and the watchdog's pulse. */
@FunctionalInterface
public interface StepListener {

    /** A listener that does nothing. */
    StepListener NONE = (step, loss) -> {
    };

    /**
     * @param step steps done so far, from 1
     * @param loss of this step's batch
     */
    void onStep(int step, double loss);

    /** A sign of life between steps, where images are looked at. */
    default void onWork() {
    }
}
