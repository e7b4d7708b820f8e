package dev.normforge.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells subscribers that a search or a comparison has changed, and nothing else: one query for all of them, twice a second, only while
 * somebody listens. A ring that is lost does no harm, since the next one carries a later revision.
 */
@Component
class Doorbell implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Doorbell.class);
    private static final int MOST_LISTENERS = 200;
    private static final long POLL_MILLIS = 500;
    /** Rounds of silence after which a comment shows whether the listener is still there. */
    private static final int QUIET_ROUNDS = 30;
    private static final long RECONNECT_MILLIS = 2000;
    /** Then the browser asks again, and whoever has lost their login hears nothing more. */
    private static final long LIFE_MILLIS = 600_000;

    private final JdbcClient jdbc;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable ScheduledExecutorService clock;

    Doorbell(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public synchronized void start() {
        clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("doorbell").factory());
        clock.scheduleWithFixedDelay(this::round, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A subscriber, and what it was told last. */
    private static final class Listener {
        private final List<Long> searches;
        private final SseEmitter emitter;
        private long revision;
        private int quiet;

        Listener(List<Long> searches, SseEmitter emitter, long revision) {
            this.searches = searches;
            this.emitter = emitter;
            this.revision = revision;
        }
    }

    /** @param revision of the search or comparison, announced at once: a browser takes a stream for open only after its first bytes */
    SseEmitter subscribe(long search, long revision) {
        return subscribe(List.of(search), revision);
    }

    /** To any change of several: what is announced is the sum of their revisions, which grows with each. */
    SseEmitter subscribe(List<Long> searches) {
        return subscribe(List.copyOf(searches), sum(searches, revisions(searches)));
    }

    private SseEmitter subscribe(List<Long> searches, long revision) {
        if (listeners.size() >= MOST_LISTENERS) {
            throw Refusal.because(HttpStatus.SERVICE_UNAVAILABLE,
                    "listeners are " + MOST_LISTENERS + ", expected fewer");
        }
        var emitter = new SseEmitter(LIFE_MILLIS);
        if (onlyHead()) {
            emitter.complete();
            return emitter;
        }
        var listener = new Listener(searches, emitter, revision);
        emitter.onCompletion(() -> listeners.remove(listener));
        emitter.onTimeout(emitter::complete);
        emitter.onError(_ -> listeners.remove(listener));
        try {
            emitter.send(SseEmitter.event().comment("listening").reconnectTime(RECONNECT_MILLIS));
            emitter.send(revision(revision));
            listeners.add(listener);
        } catch (IOException gone) {
            emitter.completeWithError(gone);
        }
        return emitter;
    }

    /** Who asks for the head alone hears nothing, and would be a listener for ever. */
    private static boolean onlyHead() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes asked
                && asked.getRequest().getMethod().equals("HEAD");
    }

    private void round() {
        try {
            if (!listeners.isEmpty()) {
                var revisions = revisions(
                        listeners.stream().flatMap(listener -> listener.searches.stream()).distinct().toList());
                listeners.forEach(listener -> tell(listener, revisions));
            }
        } catch (RuntimeException unavailable) {
            // The database may be restarting; listeners keep their page and hear of it when it is back.
            LOG.debug("no revisions", unavailable);
        }
    }

    private Map<Long, Long> revisions(List<Long> searches) {
        var revisions = new HashMap<Long, Long>();
        jdbc.sql("select id, revision from search where id in (:ids)").param("ids", searches)
                .query(row -> {
                    revisions.put(row.getLong(1), row.getLong(2));
                });
        return revisions;
    }

    private static long sum(List<Long> searches, Map<Long, Long> revisions) {
        return searches.stream().mapToLong(search -> revisions.getOrDefault(search, 0L)).sum();
    }

    private void tell(Listener listener, Map<Long, Long> revisions) {
        long now = revisions.keySet().containsAll(listener.searches)
                ? sum(listener.searches, revisions)
                : listener.revision;
        try {
            if (now != listener.revision) {
                listener.emitter.send(revision(now));
                listener.revision = now;
                listener.quiet = 0;
            } else if (++listener.quiet >= QUIET_ROUNDS) {
                listener.emitter.send(SseEmitter.event().comment("still here"));
                listener.quiet = 0;
            }
        } catch (IOException | IllegalStateException gone) {
            listeners.remove(listener);
            listener.emitter.completeWithError(gone);
        }
    }

    private static SseEmitter.SseEventBuilder revision(long revision) {
        return SseEmitter.event().name("revision").id(Long.toString(revision)).data("{\"revision\":" + revision + "}");
    }

    /** Stops before the web server does: open streams would hold its graceful shutdown back. */
    @Override
    public synchronized void stop() {
        if (clock != null) {
            clock.shutdownNow();
            clock = null;
        }
        listeners.forEach(listener -> listener.emitter.complete());
    }

    @Override
    public synchronized boolean isRunning() {
        return clock != null;
    }
}
