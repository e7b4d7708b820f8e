package dev.normforge.web;

import dev.normforge.search.ComparisonSummary;
import dev.normforge.search.Ending;
import dev.normforge.search.Intent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comparison at a glance.
 *
 * @param comparison its specification's name: a named comparison, or {@code custom}
 * @param data {@code cifar10} or {@code synthetic}
 * @param phase COMPARISON or FINISHED
 * @param ending COMPLETED, CANCELLED or FAILED; null while it lives
 * @param endingNote one line for people, also while it lives: what was left out, or why nothing happens
 * @param revision grows with every visible change
 */
record ComparisonView(long id, String name, String comparison, String data, String phase, Intent intent,
        @Nullable Ending ending, @Nullable String endingNote, long revision, Instant createdAt,
        @Nullable Instant finishedAt) {

    static ComparisonView of(ComparisonSummary summary) {
        var others = summary.otherVersions();
        return new ComparisonView(summary.id().value(), summary.name(), summary.comparison(), summary.data(),
                summary.finished() ? "FINISHED" : "COMPARISON", summary.intent(), summary.ending(),
                others == null ? summary.endingNote() : "left alone: " + others, summary.revision(),
                summary.createdAt(), summary.finishedAt());
    }
}
