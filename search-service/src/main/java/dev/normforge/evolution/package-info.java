/** Proposing layers: pure functions of (specification, seed, birth, window). No Spring, no SQL, no clock. */
@NullMarked
package dev.normforge.evolution;

import org.jspecify.annotations.NullMarked;
