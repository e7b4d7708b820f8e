/** What can be refused before any training, in microseconds. Pure: a function of graph, space, limits and numerics. */
@NullMarked
package dev.normforge.screening;

import org.jspecify.annotations.NullMarked;
