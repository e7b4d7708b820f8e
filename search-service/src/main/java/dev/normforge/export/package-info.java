/**
 * Layers as code that people take home, generated from the simplified phenotype, and the numbers that prove it equal to the
 * interpreter. Knows graphs alone.
 */
@NullMarked
package dev.normforge.export;

import org.jspecify.annotations.NullMarked;
