package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grid of layers × conditions × seeds, each trained under the same task with all rejections off. Immutable: presets and
 * files are resolved before it is stored.
 *
 * @param name where it came from, for people: a named comparison, or {@code custom}
 * @param layers what is compared
 * @param proxy the task; its batch is the one that the learning rate and the number of steps are given for
 * @param grid what is varied; an empty list leaves the proxy's own value
 * @param seeds how many, the same for all layers
 * @param firstSeed the first of them; the others follow
 * @param scoredOn which held-out images are counted
 * @param evaluations how often held-out images are counted during training, 0 for never
 * @param threeCurves whether training images with batch statistics and held-out images with batch statistics are counted
 *        beside held-out images with population statistics ("Rethinking Batch")
 * @param minutes after which nothing new is begun; null for no limit
 * @param expectations what is published, in terms of this grid
 */
public record ComparisonSpec(String name, List<ComparedLayer> layers, ProxySpec proxy, Grid grid, int seeds,
        long firstSeed, EvaluationRequest.ScoredOn scoredOn, int evaluations, boolean threeCurves,
        @Nullable Double minutes, List<Expectation> expectations) {

    private static final int MOST_SEEDS = 100;
    private static final double MOST_MINUTES = 1e6;

    /** A layer of a comparison, or many. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = ComparedLayer.Named.class, name = "named"),
            @JsonSubTypes.Type(value = ComparedLayer.Graph.class, name = "graph"),
            @JsonSubTypes.Type(value = ComparedLayer.Random.class, name = "random")})
    public sealed interface ComparedLayer {

        /** A layer that comes with the program: a graph of {@code NamedLayers} or a {@link NativeLayer}. */
        record Named(String name) implements ComparedLayer {
        }

        /**
         * A found layer.
         *
         * @param label what tables call it
         * @param numerics its own, null for the proxy's
         */
        record Graph(String label, LayerGraph nodes, @Nullable Numerics numerics) implements ComparedLayer {
            public Graph {
                Require.that(label.matches("[A-Za-z0-9._-]{1,60}"), "layers.label", label,
                        "1 to 60 letters, digits, dots, underscores and dashes");
            }
        }

        /**
         * Random graphs of the search space, called {@code random-1}, {@code random-2}, …
         *
         * @param draw as in a search
         */
        record Random(int count, long seed, int operations, SearchSpec.Space.Draw draw) implements ComparedLayer {
            public Random {
                Require.within("layers.count", count, 1, 10_000);
                Require.within("layers.operations", operations, 1, 64);
            }
        }
    }

    /**
     * What is varied.
     *
     * @param batches SGD batch sizes; every one sees equally many images, so that smaller ones take more steps
     * @param rate how the learning rate follows the batch
     * @param normalizationBatches images that a layer sees together
     * @param weightStandardization {@code off}, or a published variant: {@code ws}, {@code bcn}, {@code tf}, {@code timm}
     * @param statistics what stands for batch statistics
     * @param orders which images share a batch
     * @param corruptions of the scored images: {@code none}, or as {@link Corruption#label}
     * @param adapt whether statistics are also measured on the corrupted images themselves
     */
    public record Grid(List<Integer> batches, RateScaling rate, List<Integer> normalizationBatches,
            List<String> weightStandardization, List<BatchStatistics> statistics, List<BatchOrder> orders,
            List<String> corruptions, boolean adapt) {

        /** The word for a condition that is not there. */
        public static final String OFF = "off";
        /** Images as they are. */
        public static final String NONE = "none";

        /** How the learning rate follows the batch. */
        public enum RateScaling {
            /** In proportion (the paper, section on batch sizes). */
            LINEAR, CONSTANT
        }

        public Grid {
            batches = distinct("grid.batches", batches);
            normalizationBatches = distinct("grid.normalizationBatches", normalizationBatches);
            weightStandardization = distinct("grid.weightStandardization", weightStandardization);
            statistics = distinct("grid.statistics", statistics);
            orders = distinct("grid.orders", orders);
            corruptions = distinct("grid.corruptions", corruptions);
            for (int batch : batches) {
                Require.within("grid.batches", batch, 1, 8192);
            }
            for (int batch : normalizationBatches) {
                Require.within("grid.normalizationBatches", batch, 1, 8192);
            }
            for (var name : weightStandardization) {
                Require.that(name.equals(OFF) || WeightStandardization.find(name).isPresent(),
                        "grid.weightStandardization", name,
                        OFF + " or one of " + String.join(", ", WeightStandardization.names()));
            }
            for (var name : corruptions) {
                Require.that(name.equals(NONE) || Corruption.find(name).isPresent(), "grid.corruptions", name,
                        NONE + " or one of " + Corruption.labels());
            }
        }

        private static <T> List<T> distinct(String field, List<T> values) {
            Require.that(new HashSet<>(values).size() == values.size(), field, values.stream()
                    .map(value -> value instanceof BatchStatistics statistics ? statistics.label() : value).toList(),
                    "each value once");
            return List.copyOf(values);
        }
    }

    /**
     * A published finding: a weighted sum of cells' scores that is above 0 if it holds here.
     *
     * @param published the finding in words, with its source
     * @param parts of the sum
     */
    public record Expectation(String published, List<Part> parts) {
        private static final int MOST_LETTERS = 500;

        public Expectation {
            parts = List.copyOf(parts);
            Require.that(!published.isBlank() && published.length() <= MOST_LETTERS
                    && published.codePoints().allMatch(Expectation::printable), "expectations.published", published,
                    "1 to %d letters that can be shown".formatted(MOST_LETTERS));
            Require.that(!parts.isEmpty(), "expectations.parts", "empty", "at least one part");
        }

        /** Neither a control character nor half of a surrogate pair, which databases refuse. */
        private static boolean printable(int letter) {
            return !Character.isISOControl(letter) && Character.getType(letter) != Character.SURROGATE;
        }

        /** A weight and the cells whose mean score it weighs; what is null is averaged over. */
        public record Part(double weight, String layer, @Nullable String anchor, @Nullable Integer batch,
                @Nullable Integer normalizationBatch, @Nullable String weightStandardization,
                @Nullable String statistics, @Nullable BatchOrder order, @Nullable String corruption,
                @Nullable Boolean adapted) {

            private static final double MOST_WEIGHT = 1000;

            public Part {
                Require.within("expectations.parts.weight", weight, -MOST_WEIGHT, MOST_WEIGHT);
            }
        }
    }

    public ComparisonSpec {
        layers = List.copyOf(layers);
        expectations = List.copyOf(expectations);
        Require.that(name.matches("[a-z0-9][a-z0-9-]{0,40}"), "name", name, "1 to 41 of a-z, 0-9 and -");
        Require.that(!layers.isEmpty(), "layers", "empty", "at least one layer");
        Require.within("seeds", seeds, 1, MOST_SEEDS);
        Require.within("evaluations", evaluations, 0, 1000);
        Require.that(scoredOn == EvaluationRequest.ScoredOn.CONFIRM || scoredOn == EvaluationRequest.ScoredOn.SEARCH
                || scoredOn == EvaluationRequest.ScoredOn.TEST, "scoredOn", scoredOn, "SEARCH, CONFIRM or TEST");
        Require.that(minutes == null || (minutes > 0 && minutes <= MOST_MINUTES), "minutes", minutes,
                "above 0 and at most 1000000");
        for (var statistics : grid.statistics()) {
            ProxySpec.requireImages("grid.statistics.images", statistics, proxy.data());
        }
    }

    /** The same grid on another task. */
    public ComparisonSpec withProxy(ProxySpec other) {
        return new ComparisonSpec(name, layers, other, grid, seeds, firstSeed, scoredOn, evaluations, threeCurves,
                minutes, expectations);
    }
}
