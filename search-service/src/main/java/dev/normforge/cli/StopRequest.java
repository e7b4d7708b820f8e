package dev.normforge.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * Ctrl-C, a polite kill or a closed terminal, as something that loops look at: so workers, service and database stop in
 * order. Shutdown hooks would all run at once. A second signal ends the program at once; nothing is lost by that either.
 */
final class StopRequest {

    private static final int EXIT_BASE = 128; // the shells' convention
    private static final String[] SIGNALS = {"INT", "TERM", "HUP"};

    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicReference<@Nullable Integer> signal = new AtomicReference<>();

    /** Takes over the process's signals. */
    static StopRequest ofTheProcess() {
        var stop = new StopRequest();
        for (var name : SIGNALS) {
            try {
                Signal.handle(new Signal(name), received -> stop.received(received.getNumber()));
            } catch (IllegalArgumentException e) {
                // this system has no such signal, or the JVM was told to leave it alone
            }
        }
        return stop;
    }

    void received(int number) {
        if (signal.compareAndSet(null, number)) {
            requested.countDown();
        } else {
            Runtime.getRuntime().halt(EXIT_BASE + number);
        }
    }

    boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits; returns early, with true, when a stop is requested. */
    boolean within(Duration time) {
        try {
            return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** 130 after Ctrl-C, 143 after a polite kill; 1 where no signal was received. */
    int exitCode() {
        var number = signal.get();
        return number == null ? 1 : EXIT_BASE + number;
    }
}
