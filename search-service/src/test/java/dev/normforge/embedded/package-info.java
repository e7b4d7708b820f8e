@NullMarked
package dev.normforge.embedded;

import org.jspecify.annotations.NullMarked;
