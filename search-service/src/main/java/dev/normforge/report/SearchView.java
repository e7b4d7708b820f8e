package dev.normforge.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A search at a glance.
 *
 * @param data {@code cifar10} or {@code synthetic}
 * @param phase CALIBRATION, EVOLUTION, CONFIRMATION, REPORT or FINISHED
 * @param intent RUN, PAUSE or CANCEL
 * @param ending COMPLETED, CANCELLED, EXHAUSTED or FAILED; null while it lives
 * @param endingNote one line for people, also while it lives: why it ends, what it left out, or why nothing happens
 * @param births proposals made
 * @param arrivals results absorbed
 * @param revision grows with every visible change
 * @param trained births handed to a worker and ended
 * @param scored births trained to the end, inherited scores not included
 * @param waiting evaluations that no worker has begun, of every phase
 * @param running evaluations in training
 * @param stepsSpent training steps on candidates
 * @param arrivalsPerMinute over the last fifty arrivals, in evolution until now; null before there are two
 * @param front how large it is; null before the first layer was scored
 * @param best best layer so far by mean search accuracy
 * @param activeMillis time spent running, pauses not counted
 * @param remainingMillis estimate: to the end of a search with a time budget, else to the end of its evolution; null where
 *        nothing can be said
 * @param verdict calibration's sentence; null before it ended
 */
public record SearchView(long id, String name, String preset, String data, long seed, @Nullable String study,
        @Nullable String arm, String phase, String intent, @Nullable String ending, @Nullable String endingNote,
        int births, int arrivals, long revision, long trained, long scored, long waiting, long running, long stepsSpent,
        @Nullable Double arrivalsPerMinute, @Nullable Front front, @Nullable Best best, Instant createdAt,
        @Nullable Instant finishedAt, long activeMillis,
        @Nullable Long remainingMillis, @Nullable String verdict) {

    /**
     * @param accuracy mean over anchors on the search images: it was selected for, so it is optimistic
     * @param beyondBnRelu by how much that mean is above BN-ReLU's in calibration; null where that was not measured
     */
    public record Best(int birth, String formula, Interval accuracy, @Nullable Double beyondBnRelu) {
    }

    /** @param hypervolume share of the unit cube of accuracies that its members dominate */
    public record Front(int members, double hypervolume) {
    }

    public boolean finished() {
        return ending != null;
    }
}
