package dev.normforge.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker process that has not stopped.
 *
 * @param device what it trains on, in words
 * @param version of its program
 * @param seenAt its last heartbeat; one comes every few seconds
 * @param evaluation what it trains now: what its lease says, which is newer than its last heartbeat; null when it waits
 * @param search whose evaluation that is
 * @param searchName likewise
 * @param comparison whether that is a comparison
 * @param birth of the layer in a search; null for a reference layer and in comparisons
 * @param reference name of a reference layer or of a layer in a comparison
 * @param formula of a birth
 * @param anchor position of the anchor in training; like the following, null until a heartbeat has said it
 * @param anchorName likewise
 * @param step of {@code steps} in that anchor
 * @param since when its training began, give or take a heartbeat; null where its release does not say
 */
public record WorkerView(long id, String name, String host, long pid, String device, String version, State state,
        Instant startedAt, Instant seenAt, @Nullable Long evaluation, @Nullable Long search,
        @Nullable String searchName, boolean comparison, @Nullable Integer birth, @Nullable String reference,
        @Nullable String formula, @Nullable Integer anchor, @Nullable String anchorName, @Nullable Integer step,
        @Nullable Integer steps, @Nullable Instant since) {

    /** What a worker that has not stopped is at. */
    public enum State {
        TRAINING,
        WAITING,
        /** Several heartbeats are missing: nobody knows whether it lives. */
        SILENT
    }
}
