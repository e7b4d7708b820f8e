package dev.normforge.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The worker's jar as a child process on this program's own Java: whatever needs the engine runs there, never here. */
final class WorkerProgram {

    /** Where the jar is, if not beside this program's own: a system property. */
    private static final String JAR = "normforge.worker.jar";
    private static final int SECONDS_TO_END = 10;

    private final Path jar;

    private WorkerProgram(Path jar) {
        this.jar = jar;
    }

    /** @throws UserError if there is no worker jar */
    static WorkerProgram locate() {
        var named = System.getProperty(JAR);
        var jar = named == null ? besideTheService() : Path.of(named);
        if (!Files.isRegularFile(jar)) {
            throw new UserError(
                    "worker jar is %s, expected an existing file: build with ./mvnw package, or name it by -D%s"
                            .formatted(jar, JAR));
        }
        return new WorkerProgram(jar);
    }

    /** This program is {@code search-service/target/search-service.jar}, or {@code …/target/classes} in a test. */
    private static Path besideTheService() {
        try {
            var own = Path.of(WorkerProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return own.resolve("../../../worker/target/worker.jar").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path jar() {
        return jar;
    }

    /** What it printed and how it ended. */
    record Answer(int exit, String out, String err) {
    }

    /** Runs it with this program's own input, output and folder; returns its exit code. It is ended when this program is. */
    int run(List<String> arguments) {
        return await(start(new ProcessBuilder(command(arguments)).inheritIO()));
    }

    /** Runs it and keeps what it prints as its result; its progress stays visible. */
    Answer ask(List<String> arguments, ProcessBuilder.Redirect progress) {
        var process = start(new ProcessBuilder(command(arguments)).redirectError(progress));
        try (var out = process.getInputStream(); var err = process.getErrorStream()) {
            process.getOutputStream().close();
            var printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            var complained = new String(err.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(await(process), printed, complained);
        } catch (IOException e) {
            throw new UserError("worker %s: %s".formatted(jar, e.getMessage()), e);
        }
    }

    /** Starts it to be asked and to answer; what it says on standard error is seen. It ends when its input does. */
    Process converse(List<String> arguments) {
        return start(new ProcessBuilder(command(arguments)).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    private List<String> command(List<String> arguments) {
        var command = new ArrayList<String>(List.of(java().toString(), "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    /** The Java that runs this program: the one on the PATH may be too old. */
    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UserError("worker cannot be started: " + e.getMessage(), e);
        }
    }

    private static int await(Process process) {
        var end = new Thread(() -> end(process), "end-worker");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            int exit = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(end);
            return exit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(process);
            throw new UserError("interrupted", e);
        } catch (IllegalStateException e) { // this program is ending: so is the worker
            return process.isAlive() ? 1 : process.exitValue();
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
