/**
 * The worker's program: a process that takes evaluations from the database one at a time, and commands that train without
 * one.
 */
@NullMarked
package dev.normforge.worker;

import org.jspecify.annotations.NullMarked;
