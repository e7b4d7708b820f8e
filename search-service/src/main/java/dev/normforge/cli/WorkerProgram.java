package dev.normforge.cli;

import dev.normforge.dispatch.WorkerJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The worker's jar as a child process on this program's own Java: whatever needs the engine runs there, never here. */
final class WorkerProgram {

    /** Where the jar is, if not beside this program's own: a system property. */
    private static final String JAR = "normforge.worker.jar";
    private static final String HEAP = "1g";
    private static final int SECONDS_TO_END = 10;

    private final WorkerJar jar;

    private WorkerProgram(WorkerJar jar) {
        this.jar = jar;
    }

    /** @throws UserError if there is no worker jar */
    static WorkerProgram locate() {
        try {
            return new WorkerProgram(WorkerJar.find(System.getProperty(JAR, "")));
        } catch (IllegalStateException e) {
            throw new UserError(NormForge.oneLine(e), e);
        }
    }

    Path jar() {
        return jar.file();
    }

    /** What it printed and how it ended. */
    record Answer(int exit, String out, String err) {
    }

    /** Runs it with this program's own input, output and folder; returns its exit code. It is ended when this program is. */
    int run(List<String> arguments) {
        return await(start(jar.process(HEAP, arguments).inheritIO()));
    }

    /** Runs it and keeps what it prints as its result; its progress stays visible. */
    Answer ask(List<String> arguments, ProcessBuilder.Redirect progress) {
        var process = start(jar.process(HEAP, arguments).redirectError(progress));
        try (var out = process.getInputStream(); var err = process.getErrorStream()) {
            process.getOutputStream().close();
            var printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            var complained = new String(err.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(await(process), printed, complained);
        } catch (IOException e) {
            throw new UserError("worker %s: %s".formatted(jar.file(), e.getMessage()), e);
        }
    }

    /** Starts it to be asked and to answer; what it says on standard error is seen. It ends when its input does. */
    Process converse(List<String> arguments) {
        return start(jar.process(HEAP, arguments).redirectError(ProcessBuilder.Redirect.INHERIT));
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
