@NullMarked
package dev.normforge.front;

import org.jspecify.annotations.NullMarked;
