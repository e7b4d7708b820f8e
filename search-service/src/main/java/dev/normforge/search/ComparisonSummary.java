package dev.normforge.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comparison at a glance.
 *
 * @param name chosen by whoever created it
 * @param comparison its specification's name: a named comparison, or {@code custom}
 * @param data {@code cifar10} or {@code synthetic}
 * @param ending null until it is finished
 * @param endingNote one line for people, where there is more to say
 * @param revision grows with every visible change
 * @param otherVersions why this program leaves it alone: another version planned it; null where it does not
 */
public record ComparisonSummary(SearchId id, String name, String comparison, String data, Intent intent,
        @Nullable Ending ending, @Nullable String endingNote, long revision, Instant createdAt,
        @Nullable Instant finishedAt, @Nullable String otherVersions) {

    public boolean finished() {
        return ending != null;
    }
}
