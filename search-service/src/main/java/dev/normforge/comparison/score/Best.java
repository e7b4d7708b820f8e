package dev.normforge.comparison.score;

import dev.normforge.statistics.Holm;
import dev.normforge.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The best layer of a column, where its lead over each other measured layer exceeds the noise between seeds. Seeds are
 * common to all layers, so the test is Student's paired t-test on the differences seed by seed: two-sided, for the best was
 * not known before, at 5 %, by Holm's method over its rivals.
 */
public final class Best {

    private static final double LEVEL = 0.05;

    private Best() {
    }

    /** @param column scores by layer */
    public static Optional<String> of(Map<String, Score> column) {
        var measured = column.entrySet().stream().filter(entry -> entry.getValue().measured()).toList();
        var best = measured.stream().max((one, other) -> Double.compare(one.getValue().sample().mean(),
                other.getValue().sample().mean()));
        if (best.isEmpty() || measured.size() < 2 || best.get().getValue().unscored() > 0) {
            return Optional.empty();
        }
        var tails = new ArrayList<Double>();
        for (var rival : measured) {
            if (!rival.getKey().equals(best.get().getKey())) {
                tails.add(tail(best.get().getValue().minus(rival.getValue())));
            }
        }
        return Holm.rejectsAll(tails, LEVEL) ? Optional.of(best.get().getKey()) : Optional.empty();
    }

    /** 1 where nothing can be told; also where partial results have the best behind its rival on their common seeds. */
    private static double tail(List<Double> differences) {
        if (differences.size() < 2) {
            return 1;
        }
        var sample = new Sample(differences);
        return sample.mean() > 0 ? sample.tail() : 1;
    }
}
