package dev.normforge.screening;

import dev.normforge.evolution.Draws;
import dev.normforge.evolution.RandomGraphs;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.SearchSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How many layers a second one core screens: what {@code bench screening} prints. Takes a few seconds. */
public final class ScreeningBench {

    private static final int RANDOM = 100_000;
    private static final int PROBED = 10_000;
    private static final int STACKED = 1_000;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 5;
    private static final SearchSpec.Screen NO_LIMITS = new SearchSpec.Screen(null);

    /**
     * Graphs or layers a second on one thread: the median of five rounds, after warming up.
     *
     * @param staticPerSecond random graphs through simplification, hash, cost and static rules (100,000 of them)
     * @param probePerSecond distinct layers that the rules let through, through the numeric probe (10,000)
     * @param stackPerSecond distinct layers that the numeric probe lets through, forward and backward through the stack
     *        (1,000)
     */
    public record Rates(double staticPerSecond, double probePerSecond, double stackPerSecond) {
    }

    private ScreeningBench() {
    }

    public static Rates measure(SearchSpec.Space space, Numerics numerics, long seed) {
        var screening = new Screening(space, NO_LIMITS, numerics);
        var stack = new StackProbe(numerics);
        var arena = StackProbe.arena();
        var graphs = new RandomGraphs(space);
        var draws = new Draws(seed, 0);
        var random = Stream.generate(() -> graphs.graph(draws)).limit(RANDOM).toList();
        var distinct = DistinctLayers.of(screening, space, seed).limit(PROBED).toList();
        var passed = DistinctLayers.of(screening, space, seed)
                .filter(layer -> screening.byProbe(layer.subject()) instanceof Verdict.Passed).limit(STACKED).toList();
        Predicate<LayerGraph> rules = graph -> screening.byRules(graph) instanceof Verdict.Passed;
        Predicate<DistinctLayers.Layer> probe = layer -> screening.byProbe(layer.subject()) instanceof Verdict.Passed;
        Predicate<DistinctLayers.Layer> ten = layer -> stack.measure(layer.subject().phenotype(), arena) != null;
        return new Rates(perSecond(random, rules), perSecond(distinct, probe), perSecond(passed, ten));
    }

    private static <T> double perSecond(List<T> layers, Predicate<T> stage) {
        var rates = new double[ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long passed = layers.stream().filter(stage).count();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (passed == 0) {
                throw new IllegalStateException("no layer of %d passed: nothing was measured".formatted(layers.size()));
            }
            rates[Math.max(0, round)] = layers.size() / seconds;
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }
}
