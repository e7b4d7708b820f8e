/**
 * Comparisons: a grid of layers × conditions × seeds, planned, ordered through the queue of searches, and reported.
 *
 * <dl>
 * <dt>cell</dt><dd>one layer under one set of conditions in one anchor: one number of the table</dd>
 * <dt>training</dt><dd>what a worker is ordered; cells that differ only in what is done with the trained network, or that
 * mean the same thing, share one</dd>
 * <dt>run</dt><dd>a training with one seed</dd>
 * </dl>
 */
@NullMarked
package dev.normforge.comparison;

import org.jspecify.annotations.NullMarked;
