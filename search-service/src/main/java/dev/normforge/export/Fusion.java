package dev.normforge.export;

import dev.normforge.graph.IndexSet;
import dev.normforge.graph.Phenotype;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Terms that frameworks compute by one call. Where anything else reads one of those in between there is no such call. */
sealed interface Fusion {

    /** By the last of its terms, which holds its value. */
    static Map<Integer, Fusion> in(Phenotype phenotype) {
        return new FusionSearch(phenotype).found();
    }

    /** Positions of the terms that the call reads. */
    List<Integer> inputs();

    /** Positions of the terms that the call computes and nothing else reads, without the last one. */
    Set<Integer> inner();

    /** a · sigmoid(a) */
    record Silu(int input, Set<Integer> inner) implements Fusion {

        public Silu {
            inner = Set.copyOf(inner);
        }

        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }
    }

    /**
     * (a − mean(a)) / std(a), then · weight, then + bias, where these have a number for each channel. What is standardized is as
     * large as x.
     *
     * @param mean position of the mean
     * @param deviation position of the standard deviation
     */
    record Standardized(int input, IndexSet over, int mean, int deviation, @Nullable Integer weight,
            @Nullable Integer bias, Set<Integer> inner) implements Fusion {

        public Standardized {
            inner = Set.copyOf(inner);
        }

        /** What is standardized, the weight, the bias, without those that there are not. */
        @Override
        public List<Integer> inputs() {
            return Stream.of(input, weight, bias).filter(position -> position != null).toList();
        }
    }
}
