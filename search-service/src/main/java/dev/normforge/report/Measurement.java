package dev.normforge.report;

import dev.normforge.front.Scores;
import dev.normforge.protocol.AnchorScore.Count;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
        if ((birth == null) == (reference == null)) {
            throw new IllegalArgumentException(
                    "birth is %s and reference %s, expected exactly one of them".formatted(birth, reference));
        }
        if (scores != null && stepMillis.size() != scores.anchors().size()) {
            throw new IllegalArgumentException("stepMillis has %d anchors, expected %d".formatted(stepMillis.size(),
                    scores.anchors().size()));
        }
    }

    /**
     * Whether an anchor did not stay finite. Without gates a worker reports such an anchor as none right, which no network
     * that stayed finite gets on hundreds of images: guessing gets a tenth of them.
     */
    boolean diverged() {
        return scores == null || scores.anchors().stream().anyMatch(count -> count.correct() == 0);
    }

    /** A reference's name, or {@code birth-N}. */
    public String layer() {
        return reference == null ? "birth-" + birth : reference;
    }

    /** Its counts; none right of as many images as {@code pattern} has where it did not stay finite. */
    Scores scoresOrZero(Scores pattern) {
        return scores == null
                ? new Scores(pattern.anchors().stream().map(count -> new Count(0, count.total())).toList())
                : scores;
    }

    /** Totals that stand for those of a run without any: another run's, or 1 where none stayed finite. */
    static Scores pattern(List<Measurement> runs, int anchors) {
        return runs.stream().map(Measurement::scores).filter(Objects::nonNull).findFirst()
                .orElseGet(() -> new Scores(Collections.nCopies(anchors, new Count(0, 1))));
    }
}
