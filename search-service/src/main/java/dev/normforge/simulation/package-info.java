/**
 * Workers that draw what real ones would measure, behind the real queue and tables: for tests and for benchmarks of all that is
 * around training.
 */
@NullMarked
package dev.normforge.simulation;

import org.jspecify.annotations.NullMarked;
