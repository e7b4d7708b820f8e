/**
 * One evaluation from order to outcome: which anchor is trained how far, and when a layer is given up. Trains through small
 * interfaces, so that every order of events can be scripted.
 */
@NullMarked
package dev.normforge.worker.gate;

import org.jspecify.annotations.NullMarked;
