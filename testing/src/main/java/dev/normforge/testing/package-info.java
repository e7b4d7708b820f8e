/** What the tests of several modules need. Nothing here is part of the program. */
@NullMarked
package dev.normforge.testing;

import org.jspecify.annotations.NullMarked;
