package dev.normforge.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The packaged service as a process of its own, on a home folder that outlives it. */
final class Program implements AutoCloseable {

    private static final Path JAR = Path.of("..", "search-service", "target", "search-service.jar");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern LINK = Pattern.compile("http://\\S+/login\\.html#\\S+");
    /** What tests know and nobody has to guess. */
    private static final String SECRET = UUID.randomUUID().toString();

    private final Path home;
    private final int port;
    private final Map<String, String> environment;
    private Process process;

    private Program(Path home, int port, Map<String, String> environment, Process process) {
        this.home = home;
        this.port = port;
        this.environment = environment;
        this.process = process;
    }

    /** Starts {@code serve} with two workers and waits until it answers. */
    static Program serve(Path home) throws Exception {
        return serve(home, Map.of());
    }

    /** The same with more in its environment, which its workers inherit. */
    static Program serve(Path home, Map<String, String> environment) throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var program = new Program(home, port, environment, start(home, port, environment));
        program.awaitAnswer();
        return program;
    }

    /** Starts another process on the same home and port after the last one was killed. */
    void again() throws Exception {
        process = start(home, port, environment);
        awaitAnswer();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    private static Process start(Path home, int port, Map<String, String> environment) throws IOException {
        var command = new ArrayList<String>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(List.of("-jar", JAR.toString(), "serve", "--home", home.toString(), "--port",
                Integer.toString(port), "--workers", "2"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(printed(home).toFile()));
        builder.environment().put("NORMFORGE_WEB_SECRET", SECRET);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void awaitAnswer() throws Exception {
        await(Duration.ofSeconds(90), "the service to answer", () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the service ended with " + process.exitValue() + "; see service.log");
            }
            return get("/api/v1/searches") != null;
        });
    }

    /** The link that logs a browser in, as the last process printed it for a person. */
    String link() throws IOException {
        return LINK.matcher(Files.readString(printed(home))).results().map(MatchResult::group)
                .reduce((_, later) -> later).orElseThrow(() -> new AssertionError("no link was printed"));
    }

    private static Path printed(Path home) {
        return home.resolveSibling("service.log");
    }

    /** The body of an answer with status 200, else null. */
    @Nullable
    String get(String path) {
        try {
            var response = HTTP.send(request(path).build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : null;
        } catch (IOException _) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Authorization",
                "Bearer " + SECRET);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                request(path).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Connection database() throws IOException, SQLException {
        return database(home);
    }

    /** A connection to the embedded database of a home, which is found through its own pid file. */
    static Connection database(Path home) throws IOException, SQLException {
        try (var files = Files.walk(home)) {
            var pidFile = files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
            var databasePort = Files.readAllLines(pidFile).get(3).strip();
            return DriverManager
                    .getConnection("jdbc:postgresql://localhost:" + databasePort + "/postgres?user=postgres");
        }
    }

    /** What a command printed and returned. */
    record Ended(int exit, String output) {
    }

    /** Runs a command on a home to its end. */
    static Ended run(Path home, String... command) throws Exception {
        var whole = new ArrayList<String>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-jar", JAR.toString()));
        whole.addAll(List.of(command));
        whole.addAll(List.of("--home", home.toString()));
        var process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /** Looks again every 50 ms until the condition holds. */
    static void await(Duration atMost, String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + atMost.toSeconds() + " s for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
