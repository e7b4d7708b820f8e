package dev.normforge.search;

/** What one step of {@link Advance} did. */
public sealed interface Step {

    /** Another coordinator holds the search. */
    record Busy() implements Step {
    }

    /** There was nothing to do: the search waits for workers, or is paused. */
    record Idle() implements Step {
    }

    /**
     * Rows changed.
     *
     * @param absorbed outcomes taken from the inbox
     * @param proposed births
     * @param queued evaluations ordered
     */
    record Moved(int absorbed, int proposed, int queued) implements Step {
    }

    /** The search is over. */
    record Finished(Ending ending) implements Step {
    }
}
