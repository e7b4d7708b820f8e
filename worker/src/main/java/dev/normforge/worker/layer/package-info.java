/** A phenotype as tensor operations: each value in the smallest shape that holds it. */
@NullMarked
package dev.normforge.worker.layer;

import org.jspecify.annotations.NullMarked;
