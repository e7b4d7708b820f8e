package dev.normforge.statistics;

import java.util.List;

/** Several tests at once by Holm's step-down method (Scandinavian Journal of Statistics, 1979). */
public final class Holm {

    private Holm() {
    }

    /**
     * Whether all hypotheses are rejected at once: the i-th smallest of m p-values is at most level / (m − i + 1). True where
     * there is none.
     */
    public static boolean rejectsAll(List<Double> tails, double level) {
        var sorted = tails.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            if (!(sorted.get(i) <= level / (sorted.size() - i))) {
                return false;
            }
        }
        return true;
    }
}
