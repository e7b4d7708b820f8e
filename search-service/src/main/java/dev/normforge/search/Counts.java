package dev.normforge.search;

import dev.normforge.front.Scores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Correct and total per anchor, in the proxy's order: what an arrival's row holds. */
record Counts(List<Integer> correct, List<Integer> total) {

    Counts {
        correct = List.copyOf(correct);
        total = List.copyOf(total);
        if (correct.size() != total.size()) {
            throw new IllegalArgumentException(
                    "correct has %d anchors, expected %d as total".formatted(correct.size(), total.size()));
        }
    }

    /** Both together: replicates of one phenotype pool their counts. */
    Counts plus(@Nullable Counts other) {
        return other == null ? this : new Counts(sums(correct, other.correct), sums(total, other.total));
    }

    List<Double> accuracies() {
        var accuracies = new ArrayList<Double>();
        for (int i = 0; i < correct.size(); i++) {
            accuracies.add((double) correct.get(i) / total.get(i));
        }
        return accuracies;
    }

    Scores scores() {
        return Scores.of(correct, total);
    }

    private static List<Integer> sums(List<Integer> one, List<Integer> two) {
        var sums = new ArrayList<Integer>();
        for (int i = 0; i < one.size(); i++) {
            sums.add(Math.addExact(one.get(i), two.get(i)));
        }
        return sums;
    }
}
