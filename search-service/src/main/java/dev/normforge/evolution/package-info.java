/**
 * Proposing layers: pure functions of (specification, seed, birth, window). No Spring, no SQL, no clock.
 *
 * <p>Jenetics supplies the types: gene and chromosome, genotype and phenotype, the {@link io.jenetics.Selector} interface,
 * the scope of the random generator, {@code Vec} and the Pareto tools. Its {@code Engine} waits for whole generations, its
 * {@code TournamentSelector} draws with replacement and its {@code Mutator} changes each gene by a coin: none of the
 * three is the paper's, so {@link dev.normforge.evolution.Evolution}, {@link dev.normforge.evolution.Tournament} and
 * {@link dev.normforge.evolution.GraphMutation} stand in their place.
 */
@NullMarked
package dev.normforge.evolution;

import org.jspecify.annotations.NullMarked;
