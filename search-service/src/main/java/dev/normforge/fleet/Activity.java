package dev.normforge.fleet;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What workers did of late.
 *
 * @param now by the database's clock, which all times here come from
 * @param from since when their evaluations are listed
 * @param workers those that were asked for and exist, by id
 */
public record Activity(Instant now, Instant from, List<OfWorker> workers) {

    public Activity {
        workers = List.copyOf(workers);
    }

    /**
     * One worker's.
     *
     * @param evaluationsPerMinute settled within the last {@value Workers#RATE_SECONDS} seconds, or since it started
     * @param stepsPerSecond training steps of these, likewise
     * @param refusal its last result that was no score, however long ago
     * @param done settled evaluations, oldest first
     * @param cut whether there were more, of which only the last are listed: {@value Activities#MOST_DONE} of one worker,
     *        {@value Activities#MOST_IN_ALL} in one answer
     */
    public record OfWorker(long id, double evaluationsPerMinute, double stepsPerSecond, @Nullable Done refusal,
            List<Done> done, boolean cut) {
        public OfWorker {
            done = List.copyOf(done);
        }
    }

    /**
     * A settled evaluation. Attempts that were lost or that failed and were tried again settle nothing, so that they are not
     * among these.
     *
     * @param began {@code settled} less the time that training and scoring took on the device, which is what is measured:
     *        a result that had to wait for the database looks later than it was
     * @param kind SCORED, REJECTED or FAILED
     * @param stage where it was rejected
     * @param reason why it was rejected or failed
     * @param searchName whose evaluation it was
     * @param comparison whether that is a comparison
     * @param birth of the layer in a search
     * @param reference name of a reference layer or of a layer in a comparison
     */
    public record Done(long evaluation, Instant began, Instant settled, String kind, @Nullable String stage,
            @Nullable String reason, int steps, String searchName, boolean comparison, @Nullable Integer birth,
            @Nullable String reference) {
    }
}
