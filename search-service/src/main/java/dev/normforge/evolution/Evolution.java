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
    private final Tournament tournament;

    public Evolution(SearchSpec.Space space, SearchSpec.Strategy strategy, long seed) {
        this.strategy = strategy;
        this.seed = seed;
        this.graphs = new RandomGraphs(space);
        this.mutation = new GraphMutation(graphs);
        this.tournament = new Tournament(strategy);
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
        boolean fresh = window.scored() < strategy.initialRandom() || window.members().isEmpty()
                || draws.nextDouble() < strategy.freshProbability();
        if (fresh) {
            return new Proposal(birth, graphs.graph(draws), new Proposal.Origin.Fresh(), coin);
        }
        var parent = parent(window, draws);
        var mutant = mutation.mutate(parent.graph(), draws);
        int mutations = 1;
        while (strategy.seenBefore() == SeenBefore.MUTATE_AGAIN && mutations < MAX_MUTATIONS && known.test(mutant)) {
            mutant = mutation.mutate(mutant, draws);
            mutations++;
        }
        return new Proposal(birth, mutant, new Proposal.Origin.Mutation(parent.birth(), mutations), coin);
    }

    /** A birth and its graph. */
    private record Parent(int birth, LayerGraph graph) {
    }

    private Parent parent(Window window, Draws draws) {
        var population = window.members().stream().map(this::phenotype).collect(ISeq.toISeq());
        var winner = RandomRegistry.with(draws).call(() -> tournament.select(population, 1, Optimize.MAXIMUM)).get(0);
        var chromosome = winner.genotype().chromosome().as(GraphChromosome.class);
        return new Parent((int) winner.generation(), chromosome.graph());
    }

    /** A member as Jenetics sees it. Its "generation" is its birth: here every layer is a generation of its own. */
    private Phenotype<GraphGene, Vec<double[]>> phenotype(Member member) {
        var accuracies = member.accuracies().stream().mapToDouble(Double::doubleValue).toArray();
        return Phenotype.of(Genotype.of(new GraphChromosome(member.graph(), graphs)), member.birth(),
                Vec.of(accuracies));
    }
}
