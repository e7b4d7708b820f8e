/**
 * The front door: {@code normforge} and its sub-commands. Exit codes: 0 done, 1 failed, 2 wrong usage. What a command
 * prints as its result goes to standard output; all else goes to standard error.
 */
@NullMarked
package dev.normforge.cli;

import org.jspecify.annotations.NullMarked;
