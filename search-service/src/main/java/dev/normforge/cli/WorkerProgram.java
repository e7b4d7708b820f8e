package dev.normforge.cli;

import dev.normforge.dispatch.WorkerJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
        try (var running = new Running(jar.process(HEAP, arguments).inheritIO())) {
            return running.exit();
        }
    }

    /**
     * Runs it and keeps what it prints.
     *
     * @param lines is told each line of its standard error as it comes
     */
    Answer ask(List<String> arguments, Consumer<String> lines) {
        try (var running = new Running(jar.process(HEAP, arguments))) {
            running.process.getOutputStream().close();
            var complaints = new ArrayList<String>();
            var listener = Thread.ofVirtual().start(() -> running.process.errorReader().lines().forEach(line -> {
                complaints.add(line);
                lines.accept(line);
            }));
            var printed = new String(running.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            listener.join();
            return new Answer(running.exit(), printed, String.join("; ", complaints));
        } catch (IOException e) {
            throw new UserError("worker %s: %s".formatted(jar.file(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted", e);
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

    /** A process that is ended when this one is, whatever it was doing. */
    private static final class Running implements AutoCloseable {

        private final Process process;
        private final Thread end;

        Running(ProcessBuilder builder) {
            process = start(builder);
            end = new Thread(this::end, "end-worker");
            Runtime.getRuntime().addShutdownHook(end);
        }

        int exit() {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserError("interrupted", e);
            }
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(end);
                end();
            } catch (IllegalStateException e) {
                // this program is ending, and the hook is at work
            }
        }

        private void end() {
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
}
