package dev.normforge.dispatch;

import dev.normforge.queue.Departure;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives workers up whose machine went away while they had nothing to train: nobody would find a lease of theirs. One that
 * comes back after all takes it back with its next heartbeat.
 */
@Component
@ConditionalOnProperty(name = "normforge.ticker.enabled", matchIfMissing = true)
class SilentWorkers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SilentWorkers.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private @Nullable ScheduledExecutorService clock;

    SilentWorkers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public synchronized void start() {
        clock = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("silent-workers").factory());
        clock.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void look() {
        try {
            int gone = giveUp();
            if (gone > 0) {
                LOG.info("{} workers have been silent for {} minutes", gone, PATIENCE.toMinutes());
            }
        } catch (RuntimeException unavailable) { // the next look may do better
            LOG.debug("looking for silent workers: {}", unavailable.getMessage());
        }
    }

    /** They stopped when they were last seen. @return how many */
    int giveUp() {
        return jdbc.sql("""
                update worker set stopped_at = seen_at, stop_reason = :silent
                 where stopped_at is null and seen_at < clock_timestamp() - make_interval(secs => :patience)
                """).param("silent", Departure.SILENT).param("patience", PATIENCE.toSeconds()).update();
    }

    @Override
    public synchronized void stop() {
        if (clock != null) {
            clock.shutdownNow();
            clock = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return clock != null;
    }
}
