package dev.normforge.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.SearchSpec.Space.Draw;
import dev.normforge.protocol.SearchSpec.Strategy;
import dev.normforge.protocol.SearchSpec.Strategy.Criterion;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import io.jenetics.util.ISeq;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TournamentIsUnfairTest {

    private static final int ROUNDS = 60_000;

    /** Cells: the 120 ordered draws of three out of six. */
    @Test
    void everySubsetComesEquallyOften() {
        assertThat(ChiSquare.rejects(subsets(new Draws(1, 0)), ChiSquare.uniform(120))).isFalse();
        assertThat(ChiSquare.rejects(subsets(ChiSquare.offByOne(new Draws(1, 0))), ChiSquare.uniform(120))).isTrue();
    }

    private static long[] subsets(RandomGenerator draws) {
        var six = List.of(0, 1, 2, 3, 4, 5);
        var counts = new long[216];
        for (int n = 0; n < ROUNDS; n++) {
            var drawn = Tournament.subset(six, 3, draws);
            assertThat(new HashSet<>(drawn)).hasSize(3);
            counts[36 * drawn.get(0) + 6 * drawn.get(1) + drawn.get(2)]++;
        }
        return IntStream.range(0, 216).filter(i -> i / 36 != i / 6 % 6 && i / 36 != i % 6 && i / 6 % 6 != i % 6)
                .mapToLong(i -> counts[i]).toArray();
    }

    /** The member of rank r wins where the other k - 1 are among those below it: C(n-1-r, k-1) / C(n, k). */
    @Test
    void theHighestMeanOfTheSubsetWins() {
        int members = 12;
        var accuracies = IntStream.range(0, members).mapToObj(i -> List.of(0.5 - 0.01 * i, 0.3)).toList();
        var strategy = Samples.strategy(0.3, Criterion.MEAN, 0, SeenBefore.REPLICATE);
        var stated = IntStream.range(0, members).mapToDouble(r -> choose(members - 1 - r, 3) / choose(members, 4))
                .toArray();

        assertThat(strategy.tournament(members)).isEqualTo(4);
        assertThat(ChiSquare.rejects(parents(strategy, accuracies, 200_000), stated)).isFalse();
        var fewer = new Strategy(64, 0.25, Criterion.MEAN, 0, 4, SeenBefore.REPLICATE, 1, 1, 3);
        assertThat(ChiSquare.rejects(parents(fewer, accuracies, 200_000), stated)).as("a tournament of three").isTrue();
    }

    private static double choose(int n, int k) {
        return IntStream.range(0, k).mapToDouble(i -> (double) (n - i) / (i + 1)).reduce(1, (a, b) -> a * b);
    }

    /** Three distinct non-dominated vectors, one of them held three times: a third each, a ninth for each holder. */
    @Test
    void aParetoTournamentIsFairBetweenVectorsAndThenBetweenMembers() {
        var a = List.of(0.5, 0.1, 0.1);
        var b = List.of(0.1, 0.5, 0.1);
        var c = List.of(0.1, 0.1, 0.5);
        var accuracies = List.of(List.of(0.5, 0.1, 0.05), a, b, a, List.of(0.1, 0.1, 0.1), c, a);
        var strategy = Samples.strategy(1, Criterion.PARETO, 0, SeenBefore.REPLICATE);
        double ninth = 1.0 / 9;
        double third = 1.0 / 3;

        assertThat(ChiSquare.rejects(parents(strategy, accuracies, ROUNDS),
                new double[]{0, ninth, third, ninth, 0, third, ninth})).isFalse();
        assertThat(ChiSquare.rejects(parents(strategy, accuracies, ROUNDS), new double[]{0, .2, .2, .2, 0, .2, .2}))
                .as("uniform over members").isTrue();
    }

    @Test
    void equalMeansShareTheVictory() {
        var accuracies = List.of(List.of(0.75, 0.25), List.of(0.25, 0.75), List.of(0.1, 0.1), List.of(0.5, 0.5));
        var strategy = Samples.strategy(1, Criterion.MEAN, 0, SeenBefore.REPLICATE);

        assertThat(ChiSquare.rejects(parents(strategy, accuracies, ROUNDS),
                new double[]{1.0 / 3, 1.0 / 3, 0, 1.0 / 3})).isFalse();
    }

    private static long[] parents(Strategy strategy, List<List<Double>> accuracies, int births) {
        var evolution = new Evolution(Samples.space(Draw.ROWS), strategy, 11);
        var window = Samples.window(accuracies);
        var counts = new long[accuracies.size()];
        for (int birth = 0; birth < births; birth++) {
            if (evolution.propose(birth, window, _ -> false)
                    .origin() instanceof Proposal.Origin.Mutation(var parent, var _)) {
                counts[parent - 100]++;
            }
        }
        return counts;
    }

    @Test
    void aLayerSurvivesTheTripThroughJenetics() {
        var graphs = new RandomGraphs(Samples.space(Draw.ROWS));
        var chromosome = new GraphChromosome(graphs.graph(new Draws(2, 2)), graphs);

        assertThat(chromosome.newInstance(ISeq.of(chromosome))).isEqualTo(chromosome);
        assertThat(chromosome.isValid()).isTrue();
        var gene = chromosome.get(0);
        assertThat(gene.newInstance(chromosome.graph().nodes().getLast()).isValid())
                .isEqualTo(chromosome.graph().nodes().getLast().inputs().stream().allMatch(i -> i < 4));
    }
}
