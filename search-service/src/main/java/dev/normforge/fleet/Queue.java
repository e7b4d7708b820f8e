package dev.normforge.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for workers, and how fast it goes.
 *
 * @param waiting evaluations that are queued and that no worker has taken
 * @param oldestMillis how long the one that has waited longest could have been taken; null where none waits
 * @param training evaluations that a worker has taken
 * @param live workers that have not stopped and are not silent
 * @param silent workers that may have gone
 * @param evaluationsPerMinute settled by all workers within the last {@value Workers#RATE_SECONDS} seconds, or since the
 *        first of those that were there started
 * @param stepsPerSecond training steps of these
 * @param searches whose evaluations they are, most first; {@value Workers#MOST_SEARCHES} at most
 */
public record Queue(int waiting, @Nullable Long oldestMillis, int training, int live, int silent,
        double evaluationsPerMinute, double stepsPerSecond, List<OfSearch> searches) {

    public Queue {
        searches = List.copyOf(searches);
    }

    /** One search's or comparison's. */
    public record OfSearch(String name, boolean comparison, int waiting, int training, @Nullable Long oldestMillis) {
    }
}
