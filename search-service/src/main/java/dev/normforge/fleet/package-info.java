/** Worker processes as they are seen from outside: what they do, what they did, and what waits for them. Reading alone. */
@NullMarked
package dev.normforge.fleet;

import org.jspecify.annotations.NullMarked;
