@NullMarked
package dev.normforge.comparison;

import org.jspecify.annotations.NullMarked;
