@NullMarked
package dev.normforge.search;

import org.jspecify.annotations.NullMarked;
