/**
 * The search space: a layer as a graph of primitive tensor operations, what it means, and what it costs.
 *
 * <p>Genotype ({@link dev.normforge.graph.LayerGraph}): what evolution mutates. Phenotype
 * ({@link dev.normforge.graph.Phenotype}): what is computed, simplified, without unused nodes. The
 * {@link dev.normforge.graph.Interpreter} is the oracle for both.
 */
@NullMarked
package dev.normforge.graph;

import org.jspecify.annotations.NullMarked;
