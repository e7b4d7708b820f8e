@NullMarked
package dev.normforge.dispatch;

import org.jspecify.annotations.NullMarked;
