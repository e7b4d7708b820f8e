package dev.normforge.search;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Advances all live searches, in turn, on one thread. Several services may do so on one database. */
@Component
@ConditionalOnProperty(name = "normforge.ticker.enabled", matchIfMissing = true)
class SearchTicker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SearchTicker.class);
    private static final int FIRST_WAIT_MILLIS = 500;
    private static final int LONGEST_WAIT_MILLIS = 30_000;
    private static final Duration LONGEST_STEP = Duration.ofSeconds(10);

    private final Advance advance;
    private final SearchRepository searches;
    private final Duration pause;
    private final Map<SearchId, Trouble> troubles = new HashMap<>();
    /** Counted down once to end the thread: interrupting it would close the connection under a step. */
    private CountDownLatch end = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** A search whose steps fail: tried again after a while that doubles. */
    private record Trouble(int waitMillis, long until) {
    }

    SearchTicker(Advance advance, SearchRepository searches, @Value("${normforge.ticker.millis:150}") long millis) {
        this.advance = advance;
        this.searches = searches;
        this.pause = Duration.ofMillis(millis);
    }

    @Override
    public synchronized void start() {
        end = new CountDownLatch(1);
        thread = Thread.ofVirtual().name("search-ticker").start(this::run);
    }

    private void run() {
        boolean databaseDown = false;
        while (!ending()) {
            boolean moved = false;
            try {
                var live = searches.live();
                for (var id : live) {
                    moved |= step(id);
                }
                troubles.keySet().retainAll(live);
                advance.rememberOnly(live);
                databaseDown = false;
            } catch (RuntimeException | Error failure) {
                if (!databaseDown && !ending()) {
                    LOG.warn("the database does not answer, trying on: {}", failure.getMessage());
                }
                databaseDown = true;
            }
            if (!moved) {
                sleep();
            }
        }
    }

    private boolean ending() {
        return end.getCount() == 0;
    }

    private void sleep() {
        try {
            if (end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("asked to end");
            }
        } catch (InterruptedException _) {
            end.countDown();
        }
    }

    private boolean step(SearchId id) {
        var trouble = troubles.get(id);
        if (ending() || (trouble != null && System.nanoTime() < trouble.until())) {
            return false;
        }
        try {
            var step = advance.advance(id);
            troubles.remove(id);
            return switch (step) {
                case Step.Moved _ -> true;
                case Step.Finished(var ending) -> {
                    LOG.info("search {} is finished: {}", id, ending);
                    yield true;
                }
                case Step.Busy() -> false;
                case Step.Idle() -> false;
            };
        } catch (RuntimeException | Error failure) { // an error in one search must not end the thread of all
            int wait = trouble == null ? FIRST_WAIT_MILLIS : Math.min(LONGEST_WAIT_MILLIS, 2 * trouble.waitMillis());
            if (!ending()) {
                LOG.warn("search {} could not be advanced, next try in {} ms", id, wait, failure);
            }
            troubles.put(id, new Trouble(wait, System.nanoTime() + Duration.ofMillis(wait).toNanos()));
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        var running = thread;
        thread = null;
        end.countDown();
        if (running != null) {
            try {
                running.join(LONGEST_STEP);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

}
