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
import dev.normforge.queue.WorkerProcess;
import dev.normforge.worker.gate.Abandoned;
import dev.normforge.worker.gate.Watcher;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

    /** Gives back what it trains, so that another worker takes it at once, and says good-bye. */
    @Override
    public void close() {
        stopping = true;
        scheduler.stop();
        heart.shutdownNow();
        watchdog.close();
        try {
            queue.stopped(id, Departure.FINISHED);
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
            if (!outages.answer(this::stopping, () -> queue.isWanted(evaluation))) {
                return REMOVE; // settled before, and only the completion was lost; or cancelled
            }
            return settled(evaluation, train(evaluation)) ? REMOVE : this::retryLater;
        } catch (Abandoned abandoned) {
            return stopping ? EvaluationWorker::giveBack : REMOVE;
        } catch (Outages.StoppedException stopped) {
            return EvaluationWorker::giveBack;
        } catch (SQLException failure) {
            LOG.error("evaluation {}: {}", evaluation, UserError.oneLine(failure));
            return this::retryLater;
        } finally {
            watchdog.rest();
            progress = null;
        }
    }

    private Outcome train(long evaluation) throws SQLException, Outages.StoppedException {
        EvaluationRequest request;
        try {
            var loaded = outages.answer(this::stopping, () -> queue.load(evaluation));
            if (loaded.isEmpty()) {
                throw new Abandoned();
            }
            request = loaded.get();
        } catch (IllegalArgumentException unreadable) {
            return new Outcome.Failed(new Failure.EngineError(UserError.oneLine(unreadable)), Outcome.Spent.NOTHING);
        }
        progress = new Progress(evaluation, 0, 0, request.proxy().training().steps());
        watchdog.watch();
        try {
            return evaluator.evaluate(request, watcher(evaluation));
        } catch (Abandoned nobodyWaits) {
            throw nobodyWaits;
        } catch (RuntimeException | Error unexpected) { // counted, so that it cannot be tried for ever
            LOG.error("evaluation {}", evaluation, unexpected);
            return new Outcome.Failed(new Failure.EngineError(UserError.oneLine(unexpected)), Outcome.Spent.NOTHING);
        }
    }

    /** Whether the evaluation is done with; false for another attempt. */
    private boolean settled(long evaluation, Outcome outcome) throws SQLException, Outages.StoppedException {
        watchdog.rest();
        if (outcome instanceof Outcome.Failed(var failure, var spent)) {
            LOG.warn("evaluation {} failed: {}", evaluation, failure);
            return !outages.answer(this::stopping, () -> queue.mayRetry(evaluation, id, failure, spent));
        }
        outages.answer(this::stopping, () -> queue.settle(evaluation, id, outcome));
        return true;
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
            if (now != null && !queue.isWanted(now.evaluation())) {
                unwanted = now.evaluation();
            }
            outages.answered();
        } catch (SQLException failure) {
            outages.failed(failure);
        } catch (RuntimeException unexpected) {
            LOG.error("heartbeat: {}", UserError.oneLine(unexpected));
        }
    }

    private boolean stopping() {
        return stopping;
    }

    private void hung(Halt halt) {
        LOG.error("no progress in evaluation {} for too long: this worker halts itself", progress);
        var goodBye = Thread.ofPlatform().daemon().start(() -> {
            try {
                queue.stopped(id, Departure.HUNG);
            } catch (SQLException silent) {
                LOG.debug("no good-bye", silent);
            }
        });
        try {
            goodBye.join(Duration.ofSeconds(1));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        halt.now(Departure.HUNG_EXIT);
    }
}
