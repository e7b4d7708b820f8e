package dev.normforge.comparison.score;

import dev.normforge.statistics.Sample;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a layer reached under a setting on a page.
 *
 * @param bySeed accuracies from 0 to 1, or decibel, of the seeds that every anchor of the page has a number for
 * @param ordered how many seeds there should be
 * @param diverged seeds whose training stopped early
 * @param unscored those of them that brought no number: the mean is then too good
 * @param failures of other seeds, in words, each once
 * @param repeats whether an earlier cell reads the same training and has the same counts: they mean the same
 */
public record Score(SortedMap<Long, Double> bySeed, int ordered, int diverged, int unscored, List<String> failures,
        boolean repeats) {

    public Score {
        bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
        failures = List.copyOf(failures);
    }

    public boolean measured() {
        return !bySeed.isEmpty();
    }

    public int seeds() {
        return bySeed.size();
    }

    public boolean complete() {
        return seeds() >= ordered;
    }

    /** @throws IllegalArgumentException if nothing was measured */
    public Sample sample() {
        return new Sample(List.copyOf(bySeed.values()));
    }

    /** This minus other, for the seeds that both have. */
    public List<Double> minus(Score other) {
        return bySeed.entrySet().stream().filter(entry -> other.bySeed.containsKey(entry.getKey()))
                .map(entry -> entry.getValue() - other.bySeed.getOrDefault(entry.getKey(), 0.0)).toList();
    }
}
