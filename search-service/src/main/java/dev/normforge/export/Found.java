package dev.normforge.export;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search knows about a layer that it has proposed. Accuracies lie between 0 and 1.
 *
 * @param search its name
 * @param seed the search's
 * @param data {@code cifar10} or {@code synthetic}
 * @param phase of the search at that time, CALIBRATION to FINISHED
 * @param arrival the ordinal of its result; null before, and where it was never trained
 * @param fate in words, for example {@code scored}
 * @param conditions of its trainings, in words
 * @param lineage from its random ancestor to itself
 * @param scores by set of images; empty where it was not trained to the end
 * @param noise standard deviation of an accuracy between seeds by calibration; null where it is not known
 * @param counts that the scores are made of
 */
public record Found(String search, long seed, String preset, String data, String phase, int birth,
        @Nullable Integer arrival, String fate, String conditions, List<Ancestor> lineage, List<Score> scores,
        @Nullable Double noise, List<Count> counts, Versions versions) {

    public Found {
        lineage = List.copyOf(lineage);
        scores = List.copyOf(scores);
        counts = List.copyOf(counts);
    }

    /**
     * A layer on the way.
     *
     * @param change a line for each node that differs from its parent's; empty for a random one, and for a mutant that equals it
     * @param accuracy on the search images; null where it has none
     */
    public record Ancestor(int birth, List<String> change, String formula, @Nullable Double accuracy) {
        public Ancestor {
            change = List.copyOf(change);
        }
    }

    /**
     * The mean over anchors and seeds.
     *
     * @param images {@code search}, {@code confirm} or {@code test}
     * @param low end of its 95 % interval
     * @param beyond BN-ReLU, trained alike with the same seeds; null where it was not
     */
    public record Score(String images, int seeds, double mean, double low, double high, @Nullable Beyond beyond) {
    }

    /** A difference with its 95 % interval. */
    public record Beyond(double mean, double low, double high) {
    }

    /**
     * One training on one anchor.
     *
     * @param round 1 or 2 in confirmation, else 0
     */
    public record Count(String images, int round, long seed, String anchor, int correct, int total) {
    }

    /**
     * Of the code that decided.
     *
     * @param program as its manifest has it
     */
    public record Versions(String program, int evolution, int simplifier) {
    }
}
