/**
 * A comparison as scores: what varies in its grid, mean and deviation over seeds, which layer is best beyond noise, and
 * whether what is published holds here. Pure: no Spring, no SQL, no clock.
 */
@NullMarked
package dev.normforge.comparison.score;

import org.jspecify.annotations.NullMarked;
