package dev.normforge.dispatch;

import dev.normforge.queue.Departure;
import dev.normforge.queue.EvaluationQueue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker processes of this service, one per slot. They end with it (their standard input closes); one that dies is replaced
 * after a while that doubles, and what it was training is given back at once with the reason of its death. One that says that
 * it cannot train here is tried again too, later and later; its last line is kept as the reason.
 */
final class LocalWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalWorkers.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration FIRST_WAIT_OF_UNFIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** A worker that lived this long has not died of how it was started. */
    private static final Duration HEALTHY = Duration.ofSeconds(30);
    /** Likewise, one that cannot train here has trained before: to say so at once may take long on a slow machine. */
    private static final Duration TRAINED = Duration.ofMinutes(5);
    private static final int SECONDS_TO_END = 5;
    /** A slot counts as unfit after as many workers in a row that said so. */
    private static final int UNFIT = 3;
    private static final int DRAWS = 1_000_000;

    private final Function<String, ProcessBuilder> command;
    private final EvaluationQueue queue;
    private final List<Slot> slots = new ArrayList<>();
    /** Counted down once to end all slots: interrupting them would close a connection under a report. */
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param command makes a worker of a name
     * @param queue where deaths are reported
     */
    LocalWorkers(Function<String, ProcessBuilder> command, EvaluationQueue queue) {
        this.command = command;
        this.queue = queue;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            var slot = new Slot(i);
            slots.add(slot);
            slot.thread.start();
        }
    }

    /** What a worker said last that could not train here; empty where none had to say it, or has worked since. */
    Optional<String> complaint() {
        return slots.stream().map(slot -> slot.complaint).filter(Objects::nonNull).findFirst();
    }

    /** Whether every slot has tried several times and none can train here. */
    boolean allUnfit() {
        return !slots.isEmpty() && slots.stream().allMatch(slot -> slot.unfit >= UNFIT);
    }

    /** Unique among all that ever ran, also beside a container where the same happens: when and a draw, whose child, which slot. */
    private static String name(int slot) {
        return "local-%s%s-%d-%d".formatted(Long.toString(System.currentTimeMillis(), Character.MAX_RADIX),
                Long.toString(ThreadLocalRandom.current().nextInt(DRAWS), Character.MAX_RADIX),
                ProcessHandle.current().pid(), slot);
    }

    /** One place for a worker. */
    private final class Slot {
        private final int number;
        private final Thread thread;
        private volatile @Nullable Process process;
        /** Workers in a row that could not train here, and what the last of them said. */
        private volatile int unfit;
        private volatile @Nullable String complaint;
        private String lastLine = "";

        Slot(int number) {
            this.number = number;
            this.thread = Thread.ofVirtual().name("local-worker-" + number).unstarted(this::keepOne);
        }

        private void keepOne() {
            var wait = FIRST_WAIT;
            while (closing.getCount() > 0) {
                long started = System.nanoTime();
                var name = name(number);
                int exit = runOne(name);
                if (closing.getCount() == 0) {
                    return;
                }
                report(name, exit);
                long lived = System.nanoTime() - started;
                wait = lived > HEALTHY.toNanos() ? FIRST_WAIT : min(wait.multipliedBy(2), LONGEST_WAIT);
                if (exit == Departure.UNFIT_EXIT) {
                    wait = max(wait, FIRST_WAIT_OF_UNFIT);
                    complaint = lastLine.replaceFirst("^worker: ", "");
                    unfit = lived > TRAINED.toNanos() ? 1 : unfit + 1;
                    LOG.warn("worker {} cannot train here: {}; the next one tries in {} ms", name, complaint,
                            wait.toMillis());
                } else {
                    complaint = null;
                    unfit = 0;
                    LOG.warn("worker {} ended with exit code {}, the next one starts in {} ms", name, exit,
                            wait.toMillis());
                }
                if (closesWithin(wait)) {
                    return;
                }
            }
        }

        private boolean closesWithin(Duration wait) {
            try {
                return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                return true;
            }
        }

        private int runOne(String name) {
            try {
                var running = command.apply(name).start();
                process = running;
                if (closing.getCount() == 0) {
                    running.destroy();
                }
                try (var lines = running.inputReader(StandardCharsets.UTF_8)) {
                    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                        LOG.info("{}: {}", name, line);
                        lastLine = line;
                    }
                }
                return running.waitFor();
            } catch (IOException | RuntimeException e) { // no failure may leave the slot without a worker, or with two
                if (closing.getCount() > 0) {
                    LOG.warn("worker {} could not be started or heard: {}", name, e.getMessage());
                }
                var started = process;
                if (started != null) {
                    started.destroyForcibly();
                }
                return -1;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return -1;
            }
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Without an answer from the database, missed heartbeats will tell. */
    private void report(String name, int exit) {
        try {
            queue.exited(name, exit);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("worker {} ended with exit code {}, which could not be recorded: {}", name, exit, e.getMessage());
        }
    }

    /** Closes their standard inputs; those that do not end by themselves are ended. */
    @Override
    public void close() {
        closing.countDown();
        for (var slot : slots) {
            var process = slot.process;
            if (process != null) {
                close(process);
            }
        }
        for (var slot : slots) {
            var process = slot.process;
            if (process != null) {
                end(process);
            }
            leave(slot.thread); // one that was starting a worker just now ends it itself
        }
    }

    private static void leave(Thread slot) {
        try {
            slot.join(Duration.ofSeconds(SECONDS_TO_END));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            process.destroy();
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
