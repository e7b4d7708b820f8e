@NullMarked
package dev.normforge.report;

import org.jspecify.annotations.NullMarked;
