/** Getting evaluations trained: scheduled in the transaction of their row, by worker processes that this service may fork itself. */
@NullMarked
package dev.normforge.dispatch;

import org.jspecify.annotations.NullMarked;
