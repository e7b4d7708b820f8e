@NullMarked
package dev.normforge;

import org.jspecify.annotations.NullMarked;
