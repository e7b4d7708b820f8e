package dev.normforge.search;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

    private final Advance advance;
    private final SearchRepository searches;
    private final Duration pause;
    private final Map<SearchId, Trouble> troubles = new HashMap<>();
    private volatile @Nullable Thread thread;

    /** A search whose steps fail: tried again after a while that doubles. */
    private record Trouble(int waitMillis, long until) {
    }

    SearchTicker(Advance advance, SearchRepository searches, @Value("${normforge.ticker.millis:150}") long millis) {
        this.advance = advance;
        this.searches = searches;
        this.pause = Duration.ofMillis(millis);
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("search-ticker").start(this::run);
    }

    private void run() {
        boolean databaseDown = false;
        while (!Thread.currentThread().isInterrupted()) {
            boolean moved = false;
            try {
                for (var id : searches.live()) {
                    moved |= step(id);
                }
                databaseDown = false;
            } catch (RuntimeException failure) {
                if (!databaseDown && thread != null) {
                    LOG.warn("the database does not answer, trying on: {}", failure.getMessage());
                }
                databaseDown = true;
            }
            if (!moved && !sleep()) {
                return;
            }
        }
    }

    private boolean sleep() {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private boolean step(SearchId id) {
        var trouble = troubles.get(id);
        if (Thread.currentThread().isInterrupted() || (trouble != null && System.nanoTime() < trouble.until())) {
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
        } catch (RuntimeException failure) {
            int wait = trouble == null ? FIRST_WAIT_MILLIS : Math.min(LONGEST_WAIT_MILLIS, 2 * trouble.waitMillis());
            if (thread != null && !Thread.currentThread().isInterrupted()) {
                LOG.warn("search {} could not be advanced, next try in {} ms", id, wait, failure);
            }
            troubles.put(id, new Trouble(wait, System.nanoTime() + Duration.ofMillis(wait).toNanos()));
            return false;
        }
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

}
