/** Labelled images, where they come from and how they are checked. */
@NullMarked
package dev.normforge.worker.data;

import org.jspecify.annotations.NullMarked;
