package dev.normforge.comparison;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a comparison is.
 *
 * @param runs trainings with all their seeds
 * @param done of these, those that have ended, failures and what was given up included
 * @param failed of these, those that nobody learned anything from
 * @param steps of all runs, as planned
 * @param stepsDone of these: all of a run that has ended, and those that running ones have taken
 * @param waiting runs that are queued and that no worker has begun
 * @param running what is in training
 * @param activeMillis time spent, pauses not counted
 * @param remainingMillis estimate, at most what is left of the minutes; null where nothing can be said
 */
public record ComparisonProgress(int runs, int done, int failed, long steps, long stepsDone, int waiting,
        List<Running> running, long activeMillis, @Nullable Long remainingMillis) {

    /**
     * A run in training.
     *
     * @param layer label of the first layer that reads it
     * @param step of {@code steps}; null where its worker has not said
     */
    public record Running(String layer, String anchor, int batch, long seed, @Nullable Integer step, int steps) {
    }

    public ComparisonProgress {
        running = List.copyOf(running);
    }
}
