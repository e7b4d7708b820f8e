/**
 * Pareto fronts over the anchors' accuracies: who stands on one, who displaced whom, how much of the space it dominates,
 * and how sure that is. Pure: no Spring, no SQL, no clock.
 */
@NullMarked
package dev.normforge.front;

import org.jspecify.annotations.NullMarked;
