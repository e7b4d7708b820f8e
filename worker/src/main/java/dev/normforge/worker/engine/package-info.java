/** The only place that knows the inside of the PyTorch engine; everything else speaks DJL's public interface. */
@NullMarked
package dev.normforge.worker.engine;

import org.jspecify.annotations.NullMarked;
