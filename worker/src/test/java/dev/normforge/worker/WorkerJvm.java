package dev.normforge.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker as a process of its own, on this test's classes. */
final class WorkerJvm {

    private WorkerJvm() {
    }

    static Process start(TestDatabase database, String name, Map<String, String> environment, String... options)
            throws IOException {
        return start(database, name, environment, ProcessBuilder.Redirect.INHERIT, options);
    }

    /** @param said where its standard error goes */
    static Process start(TestDatabase database, String name, Map<String, String> environment, Path said)
            throws IOException {
        return start(database, name, environment, ProcessBuilder.Redirect.to(said.toFile()));
    }

    private static Process start(TestDatabase database, String name, Map<String, String> environment,
            ProcessBuilder.Redirect errors, String... options) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                WorkerMain.class.getName(), "worker", "--database", database.url(), "--name", name, "--parent-pipe"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
