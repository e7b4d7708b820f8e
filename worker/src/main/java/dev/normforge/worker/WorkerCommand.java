package dev.normforge.worker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.queue.Departure;
import dev.normforge.queue.WorkerProcess;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.gate.EngineTrainings;
import dev.normforge.worker.gate.Evaluate;
import dev.normforge.worker.gate.Watcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code worker}: one slot of training for a database, until it is told to stop. */
@Command(name = "worker", description = "Takes evaluations from a database and trains them, one at a time, until it is stopped.", mixinStandardHelpOptions = true, footer = "Exit codes besides the usual ones: "
        + Departure.HUNG_EXIT + " a training made no progress, " + Departure.UNFIT_EXIT
        + " it cannot train here (no images, no engine); what it was training is trained again.")
final class WorkerCommand implements Callable<Integer> {

    private static final long CONNECT_MILLIS = 5_000;
    private static final long KEEP_ALIVE_MILLIS = 30_000;
    private static final long CONNECTION_LIFE_MILLIS = 600_000;
    private static final String SOCKET_SECONDS = "30";
    private static final int LONGEST_HOST = 24;
    private static final Duration WITHOUT_PARENT = Duration.ofSeconds(3);

    @Option(names = "--database", required = true, paramLabel = "URL", description = "jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=…")
    private String database = "";

    @Option(names = "--name", paramLabel = "N", description = "Name of this worker, unique for ever (default: made of host and process).")
    private @Nullable String name;

    @Option(names = "--parent-pipe", description = "End at once when standard input is closed.")
    private boolean parentPipe;

    @Option(names = "--poll-millis", paramLabel = "MS", description = "Pause between looks for work (default 250).")
    private @Nullable Integer pollMillis;

    @Option(names = "--heartbeat-seconds", paramLabel = "S", description = "Seconds between signs of life; four missed ones free its work (default 3).")
    private @Nullable Double heartbeatSeconds;

    @Option(names = "--stall-seconds", paramLabel = "S", defaultValue = "${env:NORMFORGE_STALL_SECONDS}", description = "Least seconds without progress after which it halts itself (default NORMFORGE_STALL_SECONDS, else 60).")
    private @Nullable Double stallSeconds;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (!database.startsWith("jdbc:postgresql:")) {
            throw new UserError("--database is %s, expected jdbc:postgresql://HOST:PORT/DATABASE".formatted(database));
        }
        var faults = Faults.of(System.getenv());
        var settings = settings();
        if (parentPipe) {
            endWithParent();
        }
        String unfit;
        try (var pool = pool()) {
            checkDatabase(pool);
            unfit = work(pool, faults, settings);
        }
        spec.commandLine().getErr().println("%s: %s".formatted(spec.name(), unfit)); // the last line: a parent reads it
        return Departure.UNFIT_EXIT;
    }

    private String work(HikariDataSource pool, Faults faults, Settings settings) throws InterruptedException {
        Torch torch;
        try {
            torch = Torch.start();
        } catch (RuntimeException | LinkageError broken) {
            return "the engine does not start: " + UserError.oneLine(broken);
        }
        return work(new EvaluationWorker(pool, process(torch), evaluator(torch, faults), settings, trainer(torch),
                Runtime.getRuntime()::halt));
    }

    /**
     * Until the process is asked to stop; then what it trains is given back, and it ends with exit code 0.
     *
     * @return why it cannot train here, if it ended for that instead
     */
    private static String work(EvaluationWorker worker) throws InterruptedException {
        var end = new Thread(() -> {
            worker.close();
            Runtime.getRuntime().halt(0); // a signal's own exit code would say that something went wrong
        }, "end");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            worker.start();
        } catch (SQLException failure) {
            Runtime.getRuntime().removeShutdownHook(end);
            throw new UserError("--database: " + UserError.oneLine(failure), failure);
        } catch (IllegalArgumentException refused) {
            Runtime.getRuntime().removeShutdownHook(end);
            throw new UserError(UserError.oneLine(refused), refused);
        }
        var unfit = worker.awaitUnfit();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException stoppingAlready) {
            new CountDownLatch(1).await();
        }
        worker.close(Departure.unfit(unfit));
        return unfit;
    }

    private Settings settings() {
        var usual = Settings.DEFAULT;
        return new Settings(
                pollMillis == null ? usual.poll() : positive("--poll-millis", Duration.ofMillis(pollMillis)),
                heartbeatSeconds == null ? usual.heartbeat() : seconds("--heartbeat-seconds", heartbeatSeconds),
                usual.retry(),
                stallSeconds == null ? usual.stall() : seconds("--stall-seconds", stallSeconds));
    }

    private static Duration seconds(String option, double seconds) {
        return positive(option, Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static Duration positive(String option, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new WrongUsage("%s is %d ms, expected more than 0".formatted(option, value.toMillis()));
        }
        return value;
    }

    /** One connection: nothing in this process asks for a second one while it holds one. */
    private HikariDataSource pool() {
        var config = new HikariConfig();
        config.setJdbcUrl(database);
        config.setUsername(System.getenv("SPRING_DATASOURCE_USERNAME")); // as for the service; null where the URL has it
        config.setPassword(System.getenv("SPRING_DATASOURCE_PASSWORD"));
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setKeepaliveTime(KEEP_ALIVE_MILLIS);
        config.setMaxLifetime(CONNECTION_LIFE_MILLIS);
        config.addDataSourceProperty("ApplicationName", "normforge worker");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", SOCKET_SECONDS);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException refused) {
            throw new UserError("--database is %s, expected jdbc:postgresql://HOST:PORT/DATABASE: %s".formatted(
                    withoutSecrets(), UserError.oneLine(refused)), refused);
        }
    }

    /** A wrong address should be told now; an outage later on is waited for. */
    private void checkDatabase(HikariDataSource pool) {
        try (var connection = pool.getConnection(); var query = connection.createStatement()) {
            query.executeQuery("select 1 from worker where false").close();
        } catch (SQLException failure) {
            var cause = failure.getCause() == null ? failure : failure.getCause();
            boolean empty = "42P01".equals(failure.getSQLState());
            throw new UserError("--database is %s, expected %s: %s".formatted(withoutSecrets(),
                    empty ? "one that the service has set up" : "a database that answers",
                    cause.getCause() instanceof UnknownHostException host
                            ? "there is no host " + UserError.oneLine(host)
                            : UserError.oneLine(cause)),
                    failure);
        }
    }

    private String withoutSecrets() {
        return database.replaceAll("\\?.*", "");
    }

    private WorkerProcess process(Torch torch) {
        long pid = ProcessHandle.current().pid();
        var host = host();
        var started = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        var plain = host.replaceAll("[^A-Za-z0-9._-]", "-");
        var unique = "%s-%d-%s".formatted(plain.substring(0, Math.min(LONGEST_HOST, plain.length())), pid, started);
        var version = Objects.requireNonNullElse(WorkerMain.class.getPackage().getImplementationVersion(),
                "unpackaged");
        try {
            return new WorkerProcess(name == null ? unique : name, host, pid, torch.description(), version);
        } catch (IllegalArgumentException refused) {
            throw new UserError("--name: " + UserError.oneLine(refused), refused);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost"; // as the service says, which looks for workers of its own machine
        }
    }

    private static ExecutorService trainer(Torch torch) {
        return Executors.newSingleThreadExecutor(training -> new Thread(() -> {
            torch.prepareThread();
            training.run();
        }, "trainer"));
    }

    private static EvaluationWorker.Evaluator evaluator(Torch torch, Faults faults) {
        var log = LoggerFactory.getLogger(WorkerCommand.class);
        var evaluate = new Evaluate(new EngineTrainings(torch, new ImageLibrary(System.getenv(), log::warn)));
        return (request, watcher) -> evaluate.evaluate(request,
                faults.ordered() ? faulty(request, watcher, faults) : watcher);
    }

    private static Watcher faulty(EvaluationRequest request, Watcher watcher, Faults faults) {
        var numerics = request.proxy().numerics();
        var hash = switch (request.layer()) {
            case SlotLayer.Graph(var graph) ->
                PhenotypeHash.of(new Simplifier(numerics).simplify(graph), numerics).hex();
            case SlotLayer.Native(var written) -> written.label();
        };
        return new Watcher() {
            @Override
            public void onStep(int anchor, int step, int steps) {
                faults.onStep(step, hash);
                watcher.onStep(anchor, step, steps);
            }

            @Override
            public void onWork() {
                watcher.onWork();
            }
        };
    }

    /** The parent is gone, however it ended: nobody would look after this process. What it trains is given back in passing. */
    private static void endWithParent() {
        Thread.ofPlatform().daemon().name("parent-pipe").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // nothing is ever said
                }
            } catch (IOException closed) {
                // the same
            }
            Thread.ofPlatform().daemon().name("impatience").start(() -> {
                try {
                    Thread.sleep(WITHOUT_PARENT);
                } catch (InterruptedException hurried) {
                    Thread.currentThread().interrupt();
                }
                Runtime.getRuntime().halt(0);
            });
            System.exit(0);
        });
    }
}
