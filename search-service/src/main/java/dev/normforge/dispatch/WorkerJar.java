package dev.normforge.dispatch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the worker's program is started: on this program's own Java (the one on the PATH may be too old), with an allocator
 * that keeps what a training step gives back.
 *
 * @param file the jar
 */
public record WorkerJar(Path file) {

    /**
     * @param named by a property; blank for the one of the same build as this program
     * @throws IllegalStateException if it does not exist
     */
    public static WorkerJar find(String named) {
        var jar = named.isBlank() ? ofTheSameBuild() : Path.of(named);
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "normforge.worker.jar is %s, expected the worker's jar: build with ./mvnw package".formatted(jar));
        }
        return new WorkerJar(jar);
    }

    /** This program is {@code search-service/target/search-service.jar}, or {@code …/target/classes} in a test. */
    private static Path ofTheSameBuild() {
        try {
            var own = Path.of(WorkerJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return own.resolve("../../../worker/target/worker.jar").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A process to be started.
     *
     * @param heap most memory for Java's objects, as {@code 256m}; tensors live outside of it
     */
    public ProcessBuilder process(String heap, List<String> arguments) {
        var command = new ArrayList<String>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-jar", file.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "1073741824");
        builder.environment().put("MALLOC_TRIM_THRESHOLD_", "8589934592");
        return builder;
    }
}
