package dev.normforge.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.queue.EvaluationQueue;
import dev.normforge.queue.WorkerProcess;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class DeathOfAWorkerIsRecordedTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private final ConcurrentLinkedQueue<String> names = new ConcurrentLinkedQueue<>();
    private EvaluationQueue queue;
    private JdbcClient jdbc;

    @BeforeEach
    void start() {
        queue = new EvaluationQueue(database.dataSource());
        jdbc = JdbcClient.create(database.dataSource());
    }

    private ProcessBuilder worker(String name, String script) {
        try {
            queue.register(new WorkerProcess(name, "here", 1, "none", "0"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        names.add(name);
        return new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
    }

    private List<String> reasons() {
        return jdbc.sql("select stop_reason from worker where stop_reason is not null order by id").query(String.class)
                .list();
    }

    private static void await(BooleanSupplier condition) {
        var deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("deadline").isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void anAbortIsTheProcessOwnDoingAndANewWorkerTakesItsPlace() {
        try (var workers = new LocalWorkers(name -> worker(name, names.isEmpty() ? "exit 134" : "cat"), queue)) {
            workers.start(1);
            await(() -> names.size() == 2);
            assertThat(reasons()).containsExactly("died: exit 134");
        }
        assertThat(names).hasSize(2);
    }

    @Test
    void aKillIsNot() {
        try (var workers = new LocalWorkers(name -> worker(name, names.isEmpty() ? "kill -9 $$" : "cat"), queue)) {
            workers.start(1);
            await(() -> names.size() == 2);
            assertThat(reasons()).containsExactly("killed: signal 9");
        }
    }

    @Test
    void workersThatCannotTrainHereAreTriedAFewTimesAndTheirLastLineIsTheReason() {
        try (var workers = new LocalWorkers(name -> worker(name, "echo starting; echo worker: no images >&2; exit 4"),
                queue)) {
            workers.start(1);
            await(() -> workers.complaint().isPresent());
            assertThat(workers.complaint()).contains("no images");
            assertThat(workers.allUnfit()).as("after the first").isFalse();
            await(workers::allUnfit);
            assertThat(names).as("no hot loop: 1 and 2 s between them").hasSizeBetween(3, 4);
            assertThat(reasons()).containsOnly("unfit");
        }
    }

    @Test
    void aServiceOneOfWhoseWorkersTrainsIsNotUnfit() {
        try (var workers = new LocalWorkers(
                name -> worker(name, name.endsWith("-1") ? "echo worker: no images; exit 4" : "cat"), queue)) {
            workers.start(2);
            await(() -> names.stream().filter(name -> name.endsWith("-1")).count() > 3);
            assertThat(workers.allUnfit()).isFalse();
        }
    }

    @Test
    void workersElsewhereKeepASearchGoing() throws SQLException {
        var fitness = new LocalFitness(new Dispatch(database.dataSource(), jdbc));
        try (var workers = new LocalWorkers(name -> worker(name, "echo worker: no images; exit 4"), queue)) {
            fitness.of(workers);
            workers.start(1);
            await(() -> fitness.whyNobodyTrains().isPresent());
            assertThat(fitness.whyNobodyTrains()).contains("no images");
            queue.register(new WorkerProcess("elsewhere", "there", 1, "none", "0"));
            assertThat(fitness.whyNobodyTrains()).isEmpty();
        }
    }

    @Test
    void workersEndWhenTheirInputCloses() {
        var children = new ConcurrentLinkedQueue<ProcessHandle>();
        var workers = new LocalWorkers(name -> worker(name, "cat > /dev/null; exit 0"), queue);
        workers.start(2);
        await(() -> {
            ProcessHandle.current().children().filter(child -> child.info().command().orElse("").endsWith("cat")
                    || child.info().command().orElse("").endsWith("sh")
                    || child.info().command().orElse("").endsWith("dash"))
                    .forEach(children::add);
            return children.size() >= 2;
        });

        workers.close();

        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aWorkerThatDiedWithItsServiceIsFoundByTheNextOne() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        var host = InetAddress.getLocalHost().getHostName();
        queue.register(new WorkerProcess("gone", host, gone.pid(), "none", "0"));
        queue.register(new WorkerProcess("alive", host, ProcessHandle.current().pid(), "none", "0"));
        queue.register(new WorkerProcess("elsewhere", "another-machine", gone.pid(), "none", "0"));
        jdbc.sql("update worker set seen_at = seen_at - interval '10 s'").update();

        assertThat(new Orphans(jdbc, queue).giveBack()).containsExactly("gone");

        assertThat(jdbc.sql("select name || ' ' || coalesce(stop_reason, '-') from worker order by id")
                .query(String.class).list()).containsExactly("gone killed: signal 9", "alive -", "elsewhere -");
    }

    @Test
    void aMachineThatWentAwayWithoutWorkIsListedForEver() throws Exception {
        long gone = queue.register(new WorkerProcess("gone", "another-machine", 1, "none", "0"));
        queue.register(new WorkerProcess("quiet", "another-machine", 2, "none", "0"));
        jdbc.sql(
                "update worker set seen_at = seen_at - make_interval(mins => case name when 'gone' then 11 else 9 end)")
                .update();
        var silent = new SilentWorkers(jdbc);
        assertThat(silent.giveUp()).isOne();
        assertThat(jdbc.sql("select name || ' ' || stop_reason from worker where stopped_at = seen_at")
                .query(String.class).list()).containsExactly("gone silent");
        queue.beat(gone, null);
        assertThat(jdbc.sql("select count(*) from worker where stopped_at is null").query(Integer.class).single())
                .as("it was only cut off").isEqualTo(2);
    }
}
