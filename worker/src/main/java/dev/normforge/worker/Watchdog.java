package dev.normforge.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices that a training makes no progress any more: nothing for max(patience, 50 × the median step). A native call that
 * never returns cannot be interrupted, so that all it can do is end the process. Time in which the whole process was stopped
 * (a terminal's Ctrl-Z, a paused container) does not count: its own looks tell.
 */
final class Watchdog implements AutoCloseable {

    /** Patience by default. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int STEPS = 50;
    private static final int REMEMBERED = 64;
    private static final int LOOKS = 8;

    private final long patience;
    private final long every;
    private final LongSupplier nanoTime;
    private final Runnable onStall;
    private final ArrayDeque<Long> steps = new ArrayDeque<>();
    private final ScheduledExecutorService looks;
    private boolean watching;
    private long lastSign;
    private long lastLook;

    /**
     * @param patience with a training that has no median step yet
     * @param nanoTime as {@link System#nanoTime()}
     * @param onStall what ends the process
     */
    Watchdog(Duration patience, LongSupplier nanoTime, Runnable onStall) {
        this.patience = patience.toNanos();
        this.every = Math.max(1, patience.toNanos() / LOOKS);
        this.nanoTime = nanoTime;
        this.lastLook = nanoTime.getAsLong();
        this.onStall = onStall;
        this.looks = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("watchdog").factory());
    }

    void start() {
        looks.scheduleWithFixedDelay(this::look, every, every, TimeUnit.NANOSECONDS);
    }

    /** A training begins. */
    synchronized void watch() {
        steps.clear();
        watching = true;
        lastSign = nanoTime.getAsLong();
    }

    /** A training step was done. */
    synchronized void step() {
        steps.addLast(nanoTime.getAsLong() - lastSign);
        if (steps.size() > REMEMBERED) {
            steps.removeFirst();
        }
        alive();
    }

    /** Something else was done. */
    synchronized void alive() {
        lastSign = nanoTime.getAsLong();
    }

    /** The training is over. */
    synchronized void rest() {
        watching = false;
    }

    /** Ends the process where nothing was done for too long. */
    void look() {
        boolean stalled;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            long sinceLook = now - lastLook;
            lastLook = now;
            if (sinceLook > 2 * every) {
                lastSign = Math.min(now, lastSign + sinceLook - every);
            }
            stalled = watching && now - lastSign > limit();
        }
        if (stalled) {
            onStall.run();
        }
    }

    private long limit() {
        if (steps.isEmpty()) {
            return patience;
        }
        var sorted = steps.stream().sorted().toList();
        return Math.max(patience, STEPS * sorted.get(sorted.size() / 2));
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
