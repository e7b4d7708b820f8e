/** What a few numbers tell about where they come from: Student's t, samples of seeds, several tests at once. Pure. */
@NullMarked
package dev.normforge.statistics;

import org.jspecify.annotations.NullMarked;
