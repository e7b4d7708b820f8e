package dev.normforge.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live worker process.
 *
 * @param evaluation what it trains now; null when idle
 * @param search whose evaluation that is
 * @param anchor position of the anchor in training
 * @param step of {@code steps} in that anchor
 */
public record WorkerView(long id, String name, String host, long pid, String device, Instant startedAt, Instant seenAt,
        @Nullable Long evaluation, @Nullable Long search, @Nullable Integer birth, @Nullable String reference,
        @Nullable Integer anchor, @Nullable Integer step, @Nullable Integer steps) {
}
