/**
 * What a search can say for itself, read from its rows: calibration, who is confirmed, the final report and its files, and
 * the read models behind progress and page. Nothing here changes a search.
 *
 * <p>Three different things are called a score: the search score (what selected a layer, therefore optimistic), the
 * confirm score (fresh seeds, other images: orders the list) and the test score (opened after the list is frozen).
 */
@NullMarked
package dev.normforge.report;

import org.jspecify.annotations.NullMarked;
