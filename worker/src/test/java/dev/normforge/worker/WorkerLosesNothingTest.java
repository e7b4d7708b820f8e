package dev.normforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Presets;
import dev.normforge.queue.Departure;
import dev.normforge.queue.EvaluationTask.Priority;
import dev.normforge.queue.WorkerProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A real scheduler on a real database with one connection, and trainings that take as long as a test wants. */
class WorkerLosesNothingTest {

    private static final Settings FAST = new Settings(Duration.ofMillis(20), Duration.ofSeconds(1),
            Duration.ofMillis(50), Duration.ofSeconds(60));

    private final Server server = new Server();
    private TestDatabase database;
    private QueuedSearch search;
    private final List<EvaluationWorker> workers = new ArrayList<>();
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<Long> trained = Collections.synchronizedList(new ArrayList<>());

    /** A server that can be away. */
    private static final class Server extends PGSimpleDataSource {

        private static final long serialVersionUID = 1;

        private final AtomicInteger refusals = new AtomicInteger();
        private volatile boolean down;

        @Override
        public Connection getConnection() throws SQLException {
            if (down) {
                refusals.incrementAndGet();
                throw new SQLException("connection refused", "08001");
            }
            return super.getConnection();
        }
    }

    @BeforeEach
    void aSearch() throws SQLException {
        database = TestDatabase.create();
        search = QueuedSearch.create(database, Presets.read("smoke").proxy());
    }

    @AfterEach
    void end() {
        workers.forEach(EvaluationWorker::close);
        pools.forEach(HikariDataSource::close);
    }

    private EvaluationWorker worker(String name, Settings settings, EvaluationWorker.Evaluator evaluator,
            EvaluationWorker.Halt halt) throws SQLException {
        var config = new HikariConfig();
        server.setUrl(database.url());
        config.setDataSource(server);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(1000);
        config.setInitializationFailTimeout(-1);
        var pool = new HikariDataSource(config);
        pools.add(pool);
        var worker = new EvaluationWorker(pool, new WorkerProcess(name, "here", 1, "cpu", "test"),
                (request, watcher) -> {
                    trained.add(request.id());
                    return evaluator.evaluate(request, watcher);
                }, settings, Executors.newSingleThreadExecutor(), halt);
        worker.start();
        workers.add(worker);
        return worker;
    }

    private EvaluationWorker worker(String name, EvaluationWorker.Evaluator evaluator) throws SQLException {
        return worker(name, FAST, evaluator, code -> {
            throw new AssertionError("halted with " + code);
        });
    }

    private static Outcome scored() {
        return new Outcome.Scored(List.of(new AnchorScore("resnet", 50, 256, null, 2.1, 10, 3.5, List.of())),
                new Outcome.Spent(10, 0, 0, 5));
    }

    private boolean settled(int outcomes) throws SQLException {
        return database.text("select count(*) from outcome").equals(Integer.toString(outcomes))
                && database.text("select count(*) from scheduled_tasks").equals("0");
    }

    @Test
    void oneConnectionIsEnoughAndUrgentOrdersGoFirst() throws Exception {
        var waiting = new ArrayList<Long>();
        waiting.add(search.queue("bn-relu", 1, Priority.AUDIT));
        waiting.add(search.queue("bn-relu", 2, Priority.EVOLUTION));
        waiting.add(search.queue("bn-relu", 3, Priority.CONFIRMATION));
        worker("w", (request, watcher) -> scored());
        Await.until("all are settled", () -> settled(3));
        assertThat(trained).startsWith(waiting.get(2)).containsExactlyInAnyOrderElementsOf(waiting);
    }

    @Test
    void whatAPausedSearchIsGivenBackIsNotTrained() throws Exception {
        long held = search.queue("bn-relu", 1, Priority.EVOLUTION);
        database.execute("update search set intent = 'PAUSE'");
        worker("w", (request, watcher) -> scored());
        Await.until("it is out of the queue",
                () -> database.text("select count(*) from scheduled_tasks").equals("0"));
        assertThat(trained).isEmpty();

        // The worker goes on with others, and with this one when the search does.
        database.execute("update search set intent = 'RUN'");
        long other = search.queue("bn-relu", 2, Priority.EVOLUTION);
        Await.until("the other is settled", () -> settled(1));
        assertThat(trained).containsExactly(other).doesNotContain(held);
    }

    @Test
    void noConnectionIsHeldWhileItTrainsAndHeartbeatsSayWhereItIs() throws Exception {
        var go = new CountDownLatch(1);
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        worker("w", (request, watcher) -> {
            watcher.onStep(1, 7, 10);
            await(go);
            return scored();
        });
        Await.until("the step is told", () -> "1/7".equals(database.text("select anchor || '/' || step from worker")));
        Await.until("the connection is idle", () -> database.text("""
                select count(*) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
                """).equals("0"));
        go.countDown();
        Await.until("it is settled", () -> settled(1));
    }

    @Test
    void anEvaluationThatHasAnOutcomeCompletesWithoutTraining() throws Exception {
        long evaluation = search.queue("bn-relu", 1, Priority.EVOLUTION);
        database.execute("""
                insert into outcome (evaluation_id, search_id, kind, reason, detail, steps, audit_steps, saved_steps,
                                     device_ms)
                values (?, ?, 'FAILED', 'engine-error', '{}', 0, 0, 0, 0)
                """, evaluation, search.id());
        worker("w", (request, watcher) -> scored());
        Await.until("the task is gone", () -> settled(1));
        assertThat(trained).isEmpty();
    }

    @Test
    void whatADeadWorkerHeldIsTrainedByAnother() throws Exception {
        long evaluation = search.picked("bn-relu", 1, "dead");
        worker("w", (request, watcher) -> scored());
        Await.until("it is settled", () -> settled(1));
        assertThat(trained).containsExactly(evaluation);
        assertThat(database.text("select losses from evaluation")).isEqualTo("1");
    }

    @Test
    void aStoppedWorkerGivesItsTrainingBackAtOnce() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        var training = new CountDownLatch(1);
        var first = worker("first", (request, watcher) -> {
            training.countDown();
            for (int step = 1;; step = step % 9 + 1) {
                watcher.onStep(0, step, 10);
                Thread.onSpinWait();
            }
        });
        await(training);
        first.close();
        workers.remove(first);
        assertThat(database.text("select picked::text || stop_reason from scheduled_tasks, worker"))
                .isEqualTo("falsefinished");
        worker("second", (request, watcher) -> scored());
        Await.until("it is settled", () -> settled(1));
        assertThat(database.text("select losses + crashes from evaluation")).isEqualTo("0");
    }

    @Test
    void aCancelledSearchesTrainingIsDropped() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        var training = new CountDownLatch(1);
        worker("w", (request, watcher) -> {
            training.countDown();
            for (int step = 1;; step = step % 9 + 1) {
                watcher.onStep(0, step, 10);
                Thread.onSpinWait();
            }
        });
        await(training);
        database.execute("update search set intent = 'CANCEL'");
        Await.until("the task is gone", () -> settled(0));
    }

    @Test
    void aFailedTrainingIsTriedAgainAndThenGivenUp() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        var failed = new Outcome.Failed(new Failure.OutOfMemory("heap"), Outcome.Spent.NOTHING);
        worker("w", (request, watcher) -> failed);
        Await.until("it is settled", () -> settled(1));
        assertThat(trained).hasSize(3);
        assertThat(database.text("select reason from outcome")).isEqualTo("out-of-memory");
    }

    @Test
    void anUnreadableOrderFailsAndTheWorkerLivesOn() throws Exception {
        long broken = search.queue("bn-relu", 1, Priority.CALIBRATION);
        database.execute("update evaluation set genotype = '\\x0102' where id = ?", broken);
        long good = search.queue("bn-relu", 2, Priority.EVOLUTION);
        worker("w", (request, watcher) -> scored());
        Await.until("both are settled", () -> settled(2));
        assertThat(trained).containsExactly(good);
    }

    @Test
    void aWorkerWithoutImagesGivesBackUncountedAndLeavesWhatAnotherThenTrains() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        var noImages = new Outcome.Failed(new Failure.DataUnavailable("data_batch_3.bin is missing"),
                Outcome.Spent.NOTHING);
        var unfit = worker("unfit", (request, watcher) -> noImages);
        var why = unfit.awaitUnfit();
        unfit.close(Departure.unfit(why));
        workers.remove(unfit);

        assertThat(trained).hasSize(1);
        assertThat(database.text("select stop_reason from worker")).isEqualTo("unfit: data_batch_3.bin is missing");
        assertThat(database.text("select picked from scheduled_tasks")).isEqualTo("f");
        worker("fit", (request, watcher) -> scored());
        Await.until("it is settled", () -> settled(1));
        assertThat(database.text("select kind || losses || crashes from outcome, evaluation")).isEqualTo("SCORED00");
    }

    @Test
    void aResultThatTheDatabaseRefusesIsAFailureAndNotTriedForEver() throws Exception {
        database.execute("alter table outcome add constraint no_scores check (kind <> 'SCORED')");
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        worker("w", (request, watcher) -> scored());
        Await.until("it is settled", () -> settled(1));
        assertThat(trained).hasSize(1);
        assertThat(database.text("select reason || ' ' || (detail -> 'reason' ->> 'what') from outcome"))
                .startsWith("engine-error the database refused it: ").contains("no_scores").doesNotContain("\n");
    }

    @Test
    void aFailureWhoseWordsTheDatabaseCannotStoreEndsAllTheSame() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        var failed = new Outcome.Failed(new Failure.EngineError("a NUL: \0"), Outcome.Spent.NOTHING);
        worker("w", (request, watcher) -> failed);
        Await.until("it is settled", () -> settled(1));
        assertThat(trained).hasSize(3);
        assertThat(database.text("select reason from outcome")).isEqualTo("engine-error");
    }

    @Test
    void aWorkerWhoseDatabaseHasOtherTablesLeavesWithoutCounting() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        var unfit = worker("w", (request, watcher) -> {
            execute("alter table outcome rename to outcome_of_another_version");
            return scored();
        });
        var why = unfit.awaitUnfit();
        unfit.close(Departure.unfit(why));
        workers.remove(unfit);

        assertThat(why).startsWith("the database refused it: ").contains("outcome").doesNotContain("\n");
        assertThat(trained).hasSize(1);
        assertThat(database.text("select picked::text || losses || crashes from scheduled_tasks, evaluation"))
                .isEqualTo("false00");
    }

    @Test
    void anErrorOutsideOfTheStepsIsCountedToo() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        worker("w", (request, watcher) -> {
            throw new IllegalStateException("closing failed");
        });
        Await.until("it is settled", () -> settled(1));
        assertThat(trained).hasSize(3);
        assertThat(database.text("select detail -> 'reason' ->> 'what' from outcome"))
                .isEqualTo("IllegalStateException: closing failed");
    }

    @Test
    void aResultIsKeptWhileTheDatabaseIsAway() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        var trainings = new AtomicInteger();
        worker("w", (request, watcher) -> {
            trainings.incrementAndGet();
            server.down = true;
            cutConnections();
            return scored();
        });
        Await.until("it trained, and is turned away", () -> trainings.get() == 1 && server.refusals.get() > 3);
        assertThat(database.text("select count(*) from outcome")).isEqualTo("0");
        server.down = false;
        Await.until("it is settled", () -> settled(1));
        assertThat(trainings).hasValue(1);
    }

    @Test
    void aHungWorkerSaysSoAndHalts() throws Exception {
        search.queue("bn-relu", 1, Priority.EVOLUTION);
        var halted = new CountDownLatch(1);
        var codes = Collections.synchronizedList(new ArrayList<Integer>());
        var impatient = new Settings(FAST.poll(), FAST.heartbeat(), FAST.retry(), Duration.ofMillis(300));
        worker("w", impatient, (request, watcher) -> {
            await(halted);
            return scored();
        }, code -> {
            codes.add(code);
            halted.countDown();
        });
        await(halted);
        assertThat(codes).contains(3);
        Await.until("it says so", () -> database.text("select stop_reason from worker").equals("hung"));
    }

    private void cutConnections() {
        execute("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """);
    }

    private void execute(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
