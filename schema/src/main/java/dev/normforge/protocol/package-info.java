/**
 * What the search service asks of a worker and what a worker answers: records that travel as JSON.
 *
 * <p>An {@link dev.normforge.protocol.EvaluationRequest} is complete: the same request on the same kind of CPU gives the
 * same counts, bit for bit.
 */
@NullMarked
package dev.normforge.protocol;

import org.jspecify.annotations.NullMarked;
