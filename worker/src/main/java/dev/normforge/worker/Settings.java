package dev.normforge.worker;

import java.time.Duration;

/**
 * The rhythm of a worker.
 *
 * @param poll between looks for work while there is none
 * @param heartbeat between signs of life; four missed ones free what it trains for others
 * @param retry before another attempt at a training that failed
 * @param stall least time without progress after which it halts itself
 */
record Settings(Duration poll, Duration heartbeat, Duration retry, Duration stall) {

    /** Heartbeats that may be missed; db-scheduler allows no less. */
    static final int MISSED = 4;

    static final Settings DEFAULT = new Settings(Duration.ofMillis(250), Duration.ofSeconds(3), Duration.ofSeconds(5),
            Watchdog.PATIENCE);
}
