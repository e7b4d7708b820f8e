/**
 * REST under {@code /api/v1} and the page: what is known about searches and comparisons, and the few orders an operator may give.
 *
 * <p>Every answer is a query over committed rows. {@link dev.normforge.web.Doorbell} only announces that there is more to
 * read; readers fetch what they lack by cursor, so there is nothing to miss.
 */
@NullMarked
package dev.normforge.web;

import org.jspecify.annotations.NullMarked;
