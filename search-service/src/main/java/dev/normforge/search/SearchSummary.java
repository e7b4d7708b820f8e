package dev.normforge.search;

import org.jspecify.annotations.Nullable;

/**
 * A search in a list.
 *
 * @param births proposals made so far
 * @param arrivals results absorbed so far
 * @param revision grows by one with every visible change
 * @param ending null until it is finished
 * @param endingNote one line for people, where there is more to say than {@code ending} does
 * @param otherVersions why this program leaves it alone: another version made it; null where it does not
 */
public record SearchSummary(SearchId id, String name, String preset, String data, long seed, @Nullable String study,
        @Nullable String arm, Phase phase, Intent intent, @Nullable Ending ending, @Nullable String endingNote,
        int births, int arrivals, long revision, @Nullable String otherVersions) {
}
