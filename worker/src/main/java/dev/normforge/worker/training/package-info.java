/** Training one anchor with one layer: steps, evaluation, curves, gradients for the stability test. */
@NullMarked
package dev.normforge.worker.training;

import org.jspecify.annotations.NullMarked;
