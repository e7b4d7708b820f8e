/**
 * Everything a worker may ask of the database, and the one task that service and workers share.
 *
 * <p>db-scheduler is the only lease; the primary key of {@code outcome} is the fence: the first settled result counts.
 */
@NullMarked
package dev.normforge.queue;

import org.jspecify.annotations.NullMarked;
