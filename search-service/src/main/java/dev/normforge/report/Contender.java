package dev.normforge.report;

import dev.normforge.front.Scores;

/**
 * A scored layer that may be confirmed.
 *
 * @param phenotype its database id: a layer is confirmed once, however many births it had
 * @param scores pooled search counts
 * @param onFront whether it stands on the final front
 */
public record Contender(int birth, long phenotype, Scores scores, boolean onFront) {
}
