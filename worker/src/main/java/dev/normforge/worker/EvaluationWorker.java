package dev.normforge.worker;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.queue.Departure;
import dev.normforge.queue.EvaluationQueue;
import dev.normforge.queue.EvaluationTask;
import dev.normforge.queue.Progress;
import dev.normforge.queue.Reasons;
import dev.normforge.queue.WorkerProcess;
import dev.normforge.worker.gate.Abandoned;
import dev.normforge.worker.gate.Watcher;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slot: takes evaluations from the queue one at a time, trains, settles. Holds no connection while it trains; keeps a
 * result until the database takes it.
 */
final class EvaluationWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationWorker.class);
    private static final Duration YEARS = Duration.ofDays(3650);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final CompletionHandler<Void> REMOVE = (complete, operations) -> operations.remove();
    /** It is out of the queue already. */
    private static final CompletionHandler<Void> HELD = (complete, operations) -> {
    };

    private final EvaluationQueue queue;
    private final WorkerProcess process;
    private final Evaluator evaluator;
    private final Settings settings;
    private final Watchdog watchdog;
    private final Scheduler scheduler;
    private final ScheduledExecutorService heart = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("heart").factory());
    private final Outages outages = new Outages(FIRST_PAUSE, LONGEST_PAUSE);
    private volatile long id;
    private volatile Duration clockOffset = Duration.ZERO;
    private volatile @Nullable Progress progress;
    private volatile long unwanted;
    private volatile boolean stopping;
    private final BlockingQueue<String> unfit = new ArrayBlockingQueue<>(1);

    /** Trains. */
    @FunctionalInterface
    interface Evaluator {
        Outcome evaluate(EvaluationRequest request, Watcher watcher);
    }

    /**
     * @param dataSource one connection suffices: nothing here asks for a second one while it holds one
     * @param trainer runs one training after another on one thread
     * @param halt ends this process at once, with an exit code
     */
    EvaluationWorker(DataSource dataSource, WorkerProcess process, Evaluator evaluator, Settings settings,
            ExecutorService trainer, Halt halt) {
        this.queue = new EvaluationQueue(dataSource);
        this.process = process;
        this.evaluator = evaluator;
        this.settings = settings;
        this.watchdog = new Watchdog(settings.stall(), System::nanoTime, () -> hung(halt));
        this.scheduler = Scheduler.create(dataSource, task()).tableName(EvaluationTask.TABLE)
                .serializer(EvaluationTask.NOTHING).schedulerName(process::name).threads(1).executorService(trainer)
                .clock(() -> Instant.now().plus(clockOffset)).pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(settings.poll()).heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(Settings.MISSED).enablePriority().deleteUnresolvedAfter(YEARS)
                .shutdownMaxWait(GRACE).build();
    }

    /** Ends the process. */
    @FunctionalInterface
    interface Halt {
        void now(int exitCode);
    }

    /** Registers and begins to take work. */
    void start() throws SQLException {
        id = queue.register(process);
        clockOffset = queue.clockOffset();
        watchdog.start();
        long beat = settings.heartbeat().toMillis();
        heart.scheduleWithFixedDelay(this::beat, 0, beat, TimeUnit.MILLISECONDS);
        scheduler.start();
    }

    /** Waits until this worker finds that it cannot train where it is; says why, in one line. */
    String awaitUnfit() throws InterruptedException {
        return unfit.take();
    }

    /** Gives back what it trains, so that another worker takes it at once, and says good-bye. */
    @Override
    public void close() {
        close(Departure.FINISHED);
    }

    /** The same for another reason than having been asked to. */
    void close(String reason) {
        stopping = true;
        scheduler.stop();
        heart.shutdownNow();
        watchdog.close();
        try {
            queue.stopped(id, reason);
        } catch (SQLException silent) {
            LOG.debug("no good-bye", silent);
        }
    }

    private CustomTask<Void> task() {
        return Tasks.custom(EvaluationTask.DESCRIPTOR).onDeadExecution(this::lost).onFailure(this::retryLater)
                .execute((instance, context) -> execute(instance));
    }

    private CompletionHandler<Void> execute(TaskInstance<Void> instance) {
        long evaluation = EvaluationTask.evaluation(instance);
        try {
            if (stopping) {
                return EvaluationWorker::giveBack;
            }
            if (!outages.answer(this::stopping, () -> queue.isWanted(evaluation))) {
                return REMOVE; // settled before, and only the completion was lost; or cancelled
            }
            if (outages.answer(this::stopping, () -> queue.hold(evaluation))) {
                return HELD;
            }
            return settled(evaluation, train(evaluation));
        } catch (Abandoned abandoned) {
            return stopping ? EvaluationWorker::giveBack : REMOVE;
        } catch (Outages.StoppedException stopped) {
            return EvaluationWorker::giveBack;
        } catch (SQLException refusal) {
            return refused(evaluation, refusal);
        } catch (RuntimeException | Error unexpected) { // not of a training: those are counted
            return leave("unexpected " + words(unexpected));
        } finally {
            watchdog.rest();
            progress = null;
        }
    }

    private Outcome train(long evaluation) throws SQLException, Outages.StoppedException {
        try {
            var request = outages.answer(this::stopping, () -> queue.load(evaluation)).orElseThrow(Abandoned::new);
            progress = new Progress(evaluation, 0, 0, request.proxy().training().steps());
            watchdog.watch();
            return evaluator.evaluate(request, watcher(evaluation));
        } catch (Abandoned nobodyWaits) {
            throw nobodyWaits;
        } catch (IllegalArgumentException unreadable) {
            return failed(UserError.oneLine(unreadable));
        } catch (RuntimeException | Error unexpected) { // counted, so that it cannot be tried for ever
            return failed(words(unexpected));
        }
    }

    private static Outcome failed(String why) {
        return new Outcome.Failed(new Failure.EngineError(why), Outcome.Spent.NOTHING);
    }

    private static String words(Throwable problem) {
        return problem.getClass().getSimpleName() + ": " + UserError.oneLine(problem);
    }

    /** Whether the evaluation is done with, or due for another attempt, here or by a worker that is fit for it. */
    private CompletionHandler<Void> settled(long evaluation, Outcome outcome)
            throws SQLException, Outages.StoppedException {
        watchdog.rest();
        switch (outcome) {
            case Outcome.Failed(Failure.DataUnavailable(var why), var _) -> {
                return leave(why);
            }
            case Outcome.Failed(var failure, var spent) -> {
                LOG.warn("evaluation {} failed: {}", evaluation, Reasons.words(failure));
                boolean again = outages.answer(this::stopping, () -> queue.mayRetry(evaluation, id, failure, spent));
                return again ? this::retryLater : REMOVE;
            }
            case Outcome.Scored _,Outcome.Rejected _ -> {
                outages.answer(this::stopping, () -> queue.settle(evaluation, id, outcome));
                return REMOVE;
            }
        }
    }

    /** Another training would end with the same values, which the database would not take either. */
    private CompletionHandler<Void> refused(long evaluation, SQLException refusal) {
        var why = "the database refused it: " + UserError.oneLine(refusal);
        LOG.error("evaluation {}: {}", evaluation, why);
        if (Outages.kind(refusal) != Outages.Kind.DATA) {
            return leave(why);
        }
        try {
            outages.answer(this::stopping, () -> queue.settle(evaluation, id, failed(why)));
            return REMOVE;
        } catch (SQLException again) {
            return leave(why);
        } catch (Outages.StoppedException stopped) {
            return EvaluationWorker::giveBack;
        }
    }

    /** What it trains goes back as if it had never been taken, and this worker takes no more: it is not fit for it here. */
    private CompletionHandler<Void> leave(String why) {
        stopping = true;
        unfit.offer(why);
        return EvaluationWorker::giveBack;
    }

    private Watcher watcher(long evaluation) {
        return new Watcher() {
            @Override
            public void onStep(int anchor, int step, int steps) {
                watchdog.step();
                progress = new Progress(evaluation, anchor, step, steps);
                stayOnlyIfWanted();
            }

            @Override
            public void onWork() {
                watchdog.alive();
                stayOnlyIfWanted();
            }

            private void stayOnlyIfWanted() {
                if (stopping || unwanted == evaluation) {
                    throw new Abandoned();
                }
            }
        };
    }

    /** Somebody's heartbeats stopped. */
    private void lost(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        var execution = complete.getExecution();
        long evaluation = EvaluationTask.evaluation(execution.taskInstance);
        try {
            var loss = queue.lost(evaluation, execution.version, execution.pickedBy);
            LOG.warn("evaluation {}: worker {} went away: {}", evaluation, execution.pickedBy, loss);
        } catch (SQLException failure) {
            outages.failed(failure);
        }
    }

    private static void giveBack(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, complete.getExecution().executionTime);
    }

    private void retryLater(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, complete.getTimeDone().plus(settings.retry()));
    }

    private void beat() {
        var now = progress;
        try {
            queue.beat(id, now);
            clockOffset = queue.clockOffset(); // this machine's clock may be set while the worker lives
            if (now != null && !queue.isWanted(now.evaluation())) {
                unwanted = now.evaluation();
            }
            outages.answered();
        } catch (SQLException failure) {
            outages.failed(failure);
        } catch (RuntimeException | Error unexpected) { // or no further heartbeat would come
            LOG.error("heartbeat: {}", UserError.oneLine(unexpected));
        }
    }

    private boolean stopping() {
        return stopping;
    }

    private void hung(Halt halt) {
        try {
            LOG.error("no progress in evaluation {} for too long: this worker halts itself", progress);
            Thread.ofPlatform().daemon().start(this::sayHung).join(Duration.ofSeconds(1));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            halt.now(Departure.HUNG_EXIT);
        }
    }

    private void sayHung() {
        try {
            queue.stopped(id, Departure.HUNG);
        } catch (SQLException silent) {
            LOG.debug("no good-bye", silent);
        }
    }
}
