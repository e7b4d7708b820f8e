package dev.normforge.evolution;

import dev.normforge.protocol.SearchSpec;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.Selector;
import io.jenetics.ext.moea.Pareto;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.ISeq;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The paper's tournament: a random subset of the window, of {@link SearchSpec.Strategy#tournament} members, drawn without
 * replacement; its winner by the highest mean accuracy or, PARETO, uniformly among the distinct non-dominated score
 * vectors and then uniformly among the members that have it.
 *
 * <p>Draws, in order: one bounded int a member of the subset (the first steps of a Fisher-Yates shuffle); for PARETO two
 * more, for the vector (in order of first appearance in the subset) and the member. Among equal means the first drawn
 * wins, which is a uniform choice since the subset's order is random.
 */
final class Tournament implements Selector<GraphGene, Vec<double[]>> {

    private final SearchSpec.Strategy strategy;
    private final Consumer<Held> report;

    /** @param report is told of every tournament */
    Tournament(SearchSpec.Strategy strategy, Consumer<Held> report) {
        this.strategy = strategy;
        this.report = report;
    }

    /** The winners of {@code count} tournaments, drawn from {@link RandomRegistry#random()}; higher scores are better. */
    @Override
    public ISeq<Phenotype<GraphGene, Vec<double[]>>> select(Seq<Phenotype<GraphGene, Vec<double[]>>> population,
            int count, Optimize optimize) {
        if (optimize != Optimize.MAXIMUM) {
            throw new IllegalArgumentException("optimize is %s, expected MAXIMUM".formatted(optimize));
        }
        var winners = MSeq.<Phenotype<GraphGene, Vec<double[]>>>ofLength(count);
        for (int i = 0; i < count; i++) {
            var held = hold(population.asList(), RandomRegistry.random());
            report.accept(held);
            winners.set(i, held.winner());
        }
        return winners.toISeq();
    }

    /**
     * A tournament with all that it looked at.
     *
     * @param drawn in the order of the draw
     * @param best those among whom chance decided
     */
    record Held(List<Phenotype<GraphGene, Vec<double[]>>> drawn, List<Phenotype<GraphGene, Vec<double[]>>> best,
            Phenotype<GraphGene, Vec<double[]>> winner) {
        Held {
            drawn = List.copyOf(drawn);
            best = List.copyOf(best);
        }
    }

    private Held hold(List<Phenotype<GraphGene, Vec<double[]>>> members, RandomGenerator draws) {
        var subset = subset(members, strategy.tournament(members.size()), draws);
        return switch (strategy.criterion()) {
            case MEAN -> highestMean(subset);
            case PARETO -> nonDominated(subset, draws);
        };
    }

    static <T> List<T> subset(List<T> members, int size, RandomGenerator draws) {
        var shuffled = new ArrayList<>(members);
        for (int i = 0; i < size; i++) {
            int j = i + draws.nextInt(shuffled.size() - i);
            var drawn = shuffled.get(j);
            shuffled.set(j, shuffled.get(i));
            shuffled.set(i, drawn);
        }
        return shuffled.subList(0, size);
    }

    private static Held highestMean(List<Phenotype<GraphGene, Vec<double[]>>> subset) {
        double highest = subset.stream().mapToDouble(Tournament::mean).max().orElseThrow();
        var best = subset.stream().filter(member -> mean(member) == highest).toList();
        return new Held(subset, best, best.getFirst());
    }

    private static double mean(Phenotype<GraphGene, Vec<double[]>> member) {
        double sum = 0;
        for (double accuracy : member.fitness().data()) {
            sum += accuracy;
        }
        return sum / member.fitness().length();
    }

    private static Held nonDominated(List<Phenotype<GraphGene, Vec<double[]>>> subset,
            RandomGenerator draws) {
        // Keyed by List, because a Vec of doubles is equal to itself only.
        var holders = new LinkedHashMap<List<Double>, List<Phenotype<GraphGene, Vec<double[]>>>>();
        for (var member : subset) {
            var scores = Arrays.stream(member.fitness().data()).boxed().toList();
            holders.computeIfAbsent(scores, _ -> new ArrayList<>()).add(member);
        }
        var distinct = holders.values().stream().map(same -> same.getFirst().fitness()).toList();
        // Pareto.front permutes what it keeps: the order of first appearance is restored.
        var front = Pareto.front(ISeq.of(distinct)).asList();
        var vectors = holders.values().stream().filter(same -> front.contains(same.getFirst().fitness())).toList();
        var chosen = vectors.get(draws.nextInt(vectors.size()));
        var winner = chosen.get(draws.nextInt(chosen.size()));
        return new Held(subset, vectors.stream().flatMap(List::stream).toList(), winner);
    }
}
