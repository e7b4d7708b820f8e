package dev.normforge.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL kept in a folder, durable (fsync and synchronous_commit on), reachable from this machine alone. A server that
 * a killed service left running is attached to. It runs in a session of its own, so that Ctrl-C in a terminal reaches the
 * service and not its database. The last service on a folder stops it.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String VERSION = "17";
    /** A cluster that initdb has finished; anything without it was never used. */
    private static final String READY = "normforge.ready";
    /** What a service calls itself among the connections. */
    private static final String PRESENCE = "normforge service ";
    private static final int SECONDS_TO_START = 60;
    private static final int SECONDS_TO_STOP = 30;
    private static final int TRIES = 3;
    /** Programs, cluster and first log take 100 MB; a running server needs a segment of its log now and then. */
    private static final long ROOM_TO_SET_UP = 200L << 20;
    public static final long ROOM_TO_RUN = 64L << 20;
    /** Start and stop are one at a time, among processes by a file and within this one by this. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final Path home;
    private final Path data;
    private final int port;
    private final Connection presence;

    private EmbeddedPostgres(Path home, Path data, int port, Connection presence) {
        this.home = home;
        this.data = data;
        this.port = port;
        this.presence = presence;
    }

    /** Whether a database was ever set up in a folder. */
    public static boolean isIn(Path home) {
        return Files.exists(data(home).resolve(READY));
    }

    private static Path data(Path home) {
        return home.resolve("postgres-" + VERSION);
    }

    /**
     * Starts the server of a folder, or attaches to the one that runs.
     *
     * @param home made if it does not exist
     * @param version of this program: another service on the same folder must have the same
     * @throws EmbeddedPostgresException in one line: the folder, and what is wrong with it
     */
    public static EmbeddedPostgres in(Path home, String version) {
        var folder = home.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            return alone(folder, () -> open(folder, version));
        } catch (IOException | SQLException e) {
            throw new EmbeddedPostgresException(
                    "home is %s, expected a writable folder with room%s: %s".formatted(folder,
                            freeIn(folder), reason(e)),
                    e);
        }
    }

    private static String freeIn(Path folder) {
        try {
            return " (%d MB are free)".formatted(Files.getFileStore(folder).getUsableSpace() >> 20);
        } catch (IOException _) {
            return "";
        }
    }

    private static String reason(Exception e) {
        var text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return (e instanceof java.nio.file.FileSystemException ? e.getClass().getSimpleName() + " " : "")
                + text.lines().findFirst().orElse("");
    }

    private static EmbeddedPostgres open(Path home, String version) throws IOException, SQLException {
        var data = data(home);
        var running = RunningPostgres.of(data);
        int port = running.isPresent() ? running.get().port() : start(home, data);
        var presence = DriverManager.getConnection(url(port) + "&ApplicationName="
                + (PRESENCE + version).replace(" ", "%20"));
        try {
            refuseOtherVersions(home, presence, version);
        } catch (EmbeddedPostgresException | SQLException e) {
            presence.close();
            throw e;
        }
        return new EmbeddedPostgres(home, data, port, presence);
    }

    private static void refuseOtherVersions(Path home, Connection connection, String version) throws SQLException {
        for (var name : services(connection)) {
            if (!name.equals(PRESENCE + version)) {
                throw new EmbeddedPostgresException(
                        "home is %s, which a service of version %s uses; expected version %s, or another home"
                                .formatted(home, name.substring(PRESENCE.length()), version),
                        null);
            }
        }
    }

    /** Application names of all services that are connected. */
    private static List<String> services(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(
                "select application_name from pg_stat_activity where application_name like ?")) {
            query.setString(1, PRESENCE + "%");
            var names = new ArrayList<String>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    private static int start(Path home, Path data) throws IOException {
        long needed = Files.exists(data.resolve(READY)) ? ROOM_TO_RUN : ROOM_TO_SET_UP;
        long free = Files.getFileStore(home).getUsableSpace();
        if (free < needed) {
            throw new EmbeddedPostgresException(
                    "home is %s, expected a folder with %d MB of room for the database, %d MB are free: make room, or name another home"
                            .formatted(home, needed >> 20, free >> 20),
                    null);
        }
        var programs = PostgresBinaries.in(home, VERSION);
        if (!Files.exists(data.resolve(READY))) {
            initialise(programs, home, data);
        }
        RunningPostgres.removeLeftOver(data);
        for (int attempt = 1;; attempt++) {
            int port = freePort();
            try {
                run(programs, "pg_ctl", "start", "-w", "-t", String.valueOf(SECONDS_TO_START), "-D", data.toString(),
                        "-l", home.resolve("postgres.log").toString(), "-o",
                        """
                                -p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300 \
                                -c fsync=on -c synchronous_commit=on"""
                                .formatted(port));
                return port;
            } catch (IOException e) {
                // Somebody may have taken the port since.
                if (attempt == TRIES) {
                    throw new IOException(e.getMessage() + "; see " + home.resolve("postgres.log"), e);
                }
            }
        }
    }

    private static void initialise(PostgresBinaries programs, Path home, Path data) throws IOException {
        PostgresBinaries.delete(data);
        var fresh = home.resolve("postgres-" + VERSION + ".new");
        PostgresBinaries.delete(fresh);
        try {
            run(programs, "initdb", "-D", fresh.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF-8",
                    "--locale=C");
            Files.createFile(fresh.resolve(READY));
            Files.move(fresh, data);
        } finally {
            PostgresBinaries.delete(fresh);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own root is nobody. */
    private static void run(PostgresBinaries programs, String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.program(program).toString());
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("normforge", ".log");
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            process.getOutputStream().close();
            if (!process.waitFor(2L * SECONDS_TO_START, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end");
            }
            if (process.exitValue() != 0) {
                throw new IOException("%s failed: %s".formatted(program, complaint(Files.readAllLines(output))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static String complaint(List<String> output) {
        return output.stream().filter(line -> line.contains("error:") || line.contains("FATAL")
                || line.contains("unshare:") || line.contains("could not")).findFirst()
                .orElse(output.isEmpty() ? "it said nothing" : output.getLast()).strip();
    }

    /** Work under the folder's lock. */
    private interface Work<T> {
        T get() throws IOException, SQLException;
    }

    private static <T> T alone(Path home, Work<T> work) throws IOException, SQLException {
        ONE_AT_A_TIME.lock();
        try (var file = new RandomAccessFile(home.resolve("postgres.lock").toFile(), "rw");
                FileLock lock = file.getChannel().lock()) {
            LOG.debug("{} is ours: {}", home, lock.isValid());
            return work.get();
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port);
    }

    /** For this program and its workers on this machine. */
    public String url() {
        return url(port);
    }

    /** Stops the server, unless another service uses it. Orderly: a restart finds nothing to recover. */
    @Override
    public void close() {
        try {
            alone(home, () -> {
                int services = presence.isClosed() ? 1 : services(presence).size();
                presence.close();
                var running = RunningPostgres.of(data);
                if (services <= 1 && running.isPresent()) {
                    running.get().stop(SECONDS_TO_STOP);
                }
                return services;
            });
        } catch (IOException | SQLException e) {
            LOG.warn("PostgreSQL in {} could not be stopped: {}", home, e.getMessage());
        }
    }
}
