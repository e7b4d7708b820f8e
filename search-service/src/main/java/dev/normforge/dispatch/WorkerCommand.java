package dev.normforge.dispatch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a worker process is started: on this program's own Java, with a small heap (tensors live outside of it) and one thread
 * a training.
 *
 * @param jar of the worker
 * @param database JDBC URL
 * @param user of the database, null where the URL names it
 */
record WorkerCommand(Path jar, String database, @Nullable String user, @Nullable String password) {

    private static final String HEAP = System.getProperty("normforge.worker.heap", "256m");

    /** The jar named by a property, else the one of the same build as this program. */
    static Path jar(String named) {
        var jar = named.isBlank() ? ofTheSameBuild() : Path.of(named);
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "normforge.worker.jar is %s, expected the worker's jar: build with ./mvnw package".formatted(jar));
        }
        return jar;
    }

    private static Path ofTheSameBuild() {
        try {
            var own = Path.of(WorkerCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return own.resolve("../../../worker/target/worker.jar").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A process that ends when its standard input does. */
    ProcessBuilder process(String name) {
        var builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-jar", jar.toString(),
                "worker",
                "--database", database, "--name", name, "--parent-pipe")).redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("MALLOC_ARENA_MAX", "1");
        environment.put("MALLOC_MMAP_THRESHOLD_", "1073741824");
        environment.put("MALLOC_TRIM_THRESHOLD_", "8589934592");
        if (user != null) {
            environment.put("SPRING_DATASOURCE_USERNAME", user);
        }
        if (password != null) {
            environment.put("SPRING_DATASOURCE_PASSWORD", password);
        }
        return builder;
    }
}
