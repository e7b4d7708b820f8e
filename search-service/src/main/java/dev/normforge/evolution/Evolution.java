package dev.normforge.evolution;

import dev.normforge.graph.LayerGraph;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import io.jenetics.Genotype;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Steady-state evolution with ageing (EvoNorms, evolution). {@code propose(birth, window)} depends on specification, seed,
 * birth, window and known phenotypes alone: what replay replays.
 *
 * <p>The draws of a proposal, in order, from {@link Draws} of (seed, birth): the coin; then, once {@code initialRandom}
 * layers are scored, a double that is below {@code freshProbability} for a fresh graph; then either the graph
 * ({@link RandomGraphs}) or the tournament ({@link Tournament}) and its winner's mutations ({@link GraphMutation}).
 * Whoever changes what is drawn, in which order, or what becomes of a proposal (screening, copies, seeds) raises
 * {@link #VERSION}. What decides uses StrictMath, so that a replay agrees on every processor.
 */
public final class Evolution {

    /** Version of this code: replay refuses another. */
    public static final int VERSION = 2;

    /** The most mutations within one proposal. */
    static final int MAX_MUTATIONS = 20;

    private final SearchSpec.Strategy strategy;
    private final long seed;
    private final RandomGraphs graphs;
    private final GraphMutation mutation;

    public Evolution(SearchSpec.Space space, SearchSpec.Strategy strategy, long seed) {
        this.strategy = strategy;
        this.seed = seed;
        this.graphs = new RandomGraphs(space);
        this.mutation = new GraphMutation(graphs);
    }

    /**
     * A fresh graph is proposed whether known or not: the funnel counts what the space holds. With MUTATE_AGAIN a known
     * mutant is itself mutated again, {@value #MAX_MUTATIONS} mutations in all; the last stands even if it is known.
     *
     * @param birth which proposal of the search, from 0
     * @param window what the proposal may see
     * @param known whether an earlier birth of this search has this graph's phenotype
     */
    public Proposal propose(int birth, Window window, Predicate<LayerGraph> known) {
        var draws = new Draws(seed, birth);
        double coin = draws.nextDouble();
        return switch (begin(window, draws)) {
            case Beginning.Fresh _ ->
                new Proposal(birth, graphs.graph(draws), new Proposal.Origin.Fresh(), coin);
            case Beginning.Contest(var _, var _, var parent) -> {
                var mutant = mutation.mutate(parent.graph(), draws);
                int mutations = 1;
                while (strategy.seenBefore() == SeenBefore.MUTATE_AGAIN && mutations < MAX_MUTATIONS
                        && known.test(mutant)) {
                    mutant = mutation.mutate(mutant, draws);
                    mutations++;
                }
                yield new Proposal(birth, mutant, new Proposal.Origin.Mutation(parent.birth(), mutations), coin);
            }
        };
    }

    /** What a proposal of this birth and window starts from: the same draws, without the rest. */
    public Beginning beginning(int birth, Window window) {
        var draws = new Draws(seed, birth);
        draws.nextDouble(); // the coin
        return begin(window, draws);
    }

    private Beginning begin(Window window, Draws draws) {
        if (window.scored() < strategy.initialRandom() || window.members().isEmpty()) {
            return new Beginning.Fresh(true);
        }
        if (draws.nextDouble() < strategy.freshProbability()) {
            return new Beginning.Fresh(false);
        }
        var population = window.members().stream().map(this::phenotype).collect(ISeq.toISeq());
        var reports = new ArrayList<Tournament.Held>();
        var tournament = new Tournament(strategy, reports::add);
        RandomRegistry.with(draws).run(() -> tournament.select(population, 1, Optimize.MAXIMUM));
        var held = reports.getFirst();
        return new Beginning.Contest(held.drawn().stream().map(Evolution::member).toList(),
                held.best().stream().map(Evolution::member).toList(), member(held.winner()));
    }

    private static Member member(Phenotype<GraphGene, Vec<double[]>> seen) {
        var chromosome = seen.genotype().chromosome().as(GraphChromosome.class);
        return new Member((int) seen.generation(), chromosome.graph(),
                Arrays.stream(seen.fitness().data()).boxed().toList());
    }

    /** A member as Jenetics sees it. Its "generation" is its birth: here every layer is a generation of its own. */
    private Phenotype<GraphGene, Vec<double[]>> phenotype(Member member) {
        var accuracies = member.accuracies().stream().mapToDouble(Double::doubleValue).toArray();
        return Phenotype.of(Genotype.of(new GraphChromosome(member.graph(), graphs)), member.birth(),
                Vec.of(accuracies));
    }
}
