package dev.normforge.report;

import dev.normforge.front.Scores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One settled training of one layer that told something about it.
 *
 * @param evaluation its id
 * @param birth the candidate; null for a reference
 * @param reference the named layer; null for a candidate
 * @param round 1 or 2 in confirmation, else 0
 * @param seed of the training
 * @param steps training steps over all anchors
 * @param scores counts per anchor, null where the training did not stay finite: such a run counts as zero correct
 * @param stepMillis median milliseconds of a step per anchor; empty where {@code scores} is null
 */
public record Measurement(long evaluation, @Nullable Integer birth, @Nullable String reference, int round, long seed,
        int steps, @Nullable Scores scores, List<Double> stepMillis) {
    public Measurement {
        stepMillis = List.copyOf(stepMillis);
    }
}
