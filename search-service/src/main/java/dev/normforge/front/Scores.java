package dev.normforge.front;

import dev.normforge.protocol.AnchorScore.Count;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer's result as one count per anchor, in the proxy's order. Compared exactly: 3 of 10 equals 6 of 20.
 *
 * @param anchors 1 to 8 counts
 */
public record Scores(List<Count> anchors) {

    private static final int MOST_ANCHORS = 8;

    public Scores {
        anchors = List.copyOf(anchors);
        if (anchors.isEmpty() || anchors.size() > MOST_ANCHORS) {
            throw new IllegalArgumentException(
                    "scores has %d anchors, expected 1 to %d".formatted(anchors.size(), MOST_ANCHORS));
        }
        for (var count : anchors) {
            if (count.total() <= 0 || count.correct() < 0 || count.correct() > count.total()) {
                throw new IllegalArgumentException(
                        "score is %s, expected a positive total and correct between 0 and it".formatted(count));
            }
        }
    }

    /** From the arrays of an arrival's row: both of one length. */
    public static Scores of(List<Integer> correct, List<Integer> total) {
        if (correct.size() != total.size()) {
            throw new IllegalArgumentException(
                    "correct has %d anchors, expected %d as total".formatted(correct.size(), total.size()));
        }
        var counts = new ArrayList<Count>();
        for (int i = 0; i < correct.size(); i++) {
            counts.add(new Count(correct.get(i), total.get(i)));
        }
        return new Scores(counts);
    }

    /** Mean accuracy over the anchors. */
    public double mean() {
        return anchors.stream().mapToDouble(Count::accuracy).average().orElseThrow();
    }

    public double accuracy(int anchor) {
        return anchors.get(anchor).accuracy();
    }

    /** At least as good on every anchor and better on one. Equal scores do not dominate each other. */
    public boolean dominates(Scores other) {
        if (anchors.size() != other.anchors.size()) {
            throw new IllegalArgumentException(
                    "scores has %d anchors, expected %d".formatted(other.anchors.size(), anchors.size()));
        }
        boolean better = false;
        for (int i = 0; i < anchors.size(); i++) {
            int sign = compare(anchors.get(i), other.anchors.get(i));
            if (sign < 0) {
                return false;
            }
            better |= sign > 0;
        }
        return better;
    }

    private static int compare(Count one, Count two) {
        return Long.compare((long) one.correct() * two.total(), (long) two.correct() * one.total());
    }
}
