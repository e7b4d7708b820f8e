/** Layers as tensor operations: phenotypes, each value in the smallest shape that holds it, and layers written by hand. */
@NullMarked
package dev.normforge.worker.layer;

import org.jspecify.annotations.NullMarked;
