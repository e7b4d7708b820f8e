/** Comma-separated values, of comparisons and of searches. Pure. */
@NullMarked
package dev.normforge.csv;

import org.jspecify.annotations.NullMarked;
