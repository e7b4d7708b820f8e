package dev.normforge.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker process that has stopped.
 *
 * @param stoppedAt when it said so, was seen to end or was given up
 * @param reason {@code finished}, {@code hung}, {@code silent}, {@code unfit: why}, {@code died: exit 134},
 *        {@code killed: signal 9}
 * @param evaluation what it was training when it ended without having said so; null where it was not
 * @param searchName whose evaluation that is
 * @param comparison whether that is a comparison
 * @param birth of the layer in a search
 * @param reference name of a reference layer or of a layer in a comparison
 */
public record StoppedWorker(long id, String name, String host, long pid, String device, String version,
        Instant startedAt, Instant stoppedAt, String reason, @Nullable Long evaluation, @Nullable String searchName,
        boolean comparison, @Nullable Integer birth, @Nullable String reference) {
}
