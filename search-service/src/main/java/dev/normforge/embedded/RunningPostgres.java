package dev.normforge.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A server that runs on a data folder, found by its {@code postmaster.pid}. */
record RunningPostgres(ProcessHandle process, int port) {

    private static final int PORT_LINE = 4;
    private static final String STARTING_UP = "57P03";
    private static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Empty where none runs, or the file is left over and its number belongs to another process now. */
    static Optional<RunningPostgres> of(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(file);
        if (lines.size() < PORT_LINE) {
            return Optional.empty();
        }
        int port = Integer.parseInt(lines.get(PORT_LINE - 1).strip());
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive)
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .filter(_ -> serves(port, data)).map(process -> new RunningPostgres(process, port));
    }

    /** Whether it is the server of this folder; one that recovers from a crash is waited for. */
    private static boolean serves(int port, Path data) {
        var deadline = Instant.now().plus(RECOVERY);
        while (true) {
            try (var connection = DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&loginTimeout=10".formatted(port));
                    var row = connection.createStatement().executeQuery("show data_directory")) {
                return row.next() && Path.of(row.getString(1)).toRealPath().equals(data.toRealPath());
            } catch (SQLException e) {
                if (!STARTING_UP.equals(e.getSQLState()) || Instant.now().isAfter(deadline)) {
                    return false;
                }
                LockSupport.parkNanos(POLL.toNanos());
            } catch (IOException _) {
                return false;
            }
        }
    }

    /** After a crash of the machine the file may name a number that another program has now: then it is in the way. */
    static void removeLeftOver(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        if (Files.exists(file)) {
            var lines = Files.readAllLines(file);
            boolean server = !lines.isEmpty() && ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .flatMap(process -> process.info().command()).orElse("postgres").endsWith("postgres");
            if (!server) {
                Files.delete(file);
            }
        }
    }

    /** Disconnects everybody and shuts down with a checkpoint (SIGINT: PostgreSQL's fast mode). */
    void stop(int seconds) throws IOException {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
            process.onExit().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it stopped", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("it did not stop within %d s".formatted(seconds), e);
        }
    }
}
