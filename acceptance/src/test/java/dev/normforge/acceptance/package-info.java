/** The program as users run it: real jars, real processes, real PostgreSQL, killed at random moments. */
@NullMarked
package dev.normforge.acceptance;

import org.jspecify.annotations.NullMarked;
