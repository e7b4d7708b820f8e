/** Which charts a comparison is worth, by what varies in it, and what they hold. Pure. */
@NullMarked
package dev.normforge.comparison.plot;

import org.jspecify.annotations.NullMarked;
