package dev.normforge.worker.gate;

import dev.normforge.protocol.AnchorScore;

/** Is told how an evaluation gets on. May end it by throwing {@link Abandoned}. */
public interface Watcher {

    /** A watcher that does nothing. */
    Watcher NONE = (anchor, step, steps) -> {
    };

    /**
     * @param anchor position in the request's proxy
     * @param step steps of that anchor done
     * @param steps steps of that anchor in all
     */
    void onStep(int anchor, int step, int steps);

    /** A sign of life outside of training steps, for example after an ascent step. */
    default void onWork() {
    }

    /**
     * @param score of an anchor trained to its end
     * @param seconds spent on that anchor, counting included
     */
    default void onScore(AnchorScore score, double seconds) {
    }
}
