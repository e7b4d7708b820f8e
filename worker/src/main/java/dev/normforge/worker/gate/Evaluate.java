package dev.normforge.worker.gate;

import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Outcome.Spent;
import dev.normforge.protocol.Rejection;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Turns an order into an outcome: the first ascent steps; every anchor, cheapest first, through its gates, before any full
 * training; the first anchor to its end; the remaining ascent steps; the other anchors. The same request gives the same
 * counts; only the judgement of slowness looks at a clock.
 */
public final class Evaluate {

    private static final long MEGABYTE = 1 << 20;

    private final Trainings trainings;
    private final LongSupplier nanoTime;

    public Evaluate(Trainings trainings) {
        this(trainings, System::nanoTime);
    }

    Evaluate(Trainings trainings, LongSupplier nanoTime) {
        this.trainings = trainings;
        this.nanoTime = nanoTime;
    }

    /**
     * An outcome, and what the gates would have said where they had no say.
     *
     * @param ignored rejections in the order in which they would have happened; empty where the gates are on
     */
    public record Judged(Outcome outcome, List<Rejection> ignored) {
        public Judged {
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * Trains as ordered. Without gates nothing is checked, and an anchor whose loss did not stay finite scores zero.
     *
     * @throws Abandoned where the watcher throws it
     */
    public Outcome evaluate(EvaluationRequest request, Watcher watcher) {
        return run(request, watcher, request.gates() ? Course.Mode.ENFORCE : Course.Mode.OFF).outcome();
    }

    /** The same with every check made; without gates, what they would have said is reported and nothing is given up. */
    public Judged observe(EvaluationRequest request, Watcher watcher) {
        return run(request, watcher, request.gates() ? Course.Mode.ENFORCE : Course.Mode.OBSERVE);
    }

    private Judged run(EvaluationRequest request, Watcher watcher, Course.Mode mode) {
        long started = nanoTime.getAsLong();
        try (var course = new Course(request, prepared(request, watcher), watcher, mode, nanoTime, started)) {
            try {
                return new Judged(course.run(), course.ignored());
            } catch (Abandoned nobodyWaits) {
                throw nobodyWaits;
            } catch (RuntimeException | LinkageError | VirtualMachineError broken) {
                return failed(failure(broken), course.spent(0, 0));
            }
        } catch (Abandoned nobodyWaits) {
            throw nobodyWaits;
        } catch (IOException noImages) {
            return failed(new Failure.DataUnavailable(text(noImages)), Spent.NOTHING);
        } catch (RuntimeException | LinkageError | VirtualMachineError broken) { // before the first step, or after the last
            return failed(failure(broken), Spent.NOTHING);
        }
    }

    /** Images that find no room are as far away as images that are not there: no layer's doing. */
    private Trainings.Bench prepared(EvaluationRequest request, Watcher watcher) throws IOException {
        try {
            return trainings.prepare(request, watcher::onWork);
        } catch (OutOfMemoryError noRoom) {
            throw new IOException("no room for the images in a heap of %d MB".formatted(
                    Runtime.getRuntime().maxMemory() / MEGABYTE), noRoom);
        }
    }

    private static Failure failure(Throwable broken) {
        var what = text(broken);
        boolean memory = broken instanceof OutOfMemoryError || what.toLowerCase(Locale.ROOT).contains("out of memory")
                || what.contains("can't allocate memory");
        return memory ? new Failure.OutOfMemory(what) : new Failure.EngineError(what);
    }

    private static Judged failed(Failure failure, Spent spent) {
        return new Judged(new Outcome.Failed(failure, spent), List.of());
    }

    /** The first line of what went wrong. */
    private static String text(Throwable problem) {
        var message = Objects.requireNonNullElse(problem.getMessage(), "").lines().findFirst().orElse("")
                .replaceAll("\\p{Cntrl}", " "); // a database stores no NUL
        return problem instanceof IOException ? message : problem.getClass().getSimpleName() + ": " + message;
    }
}
