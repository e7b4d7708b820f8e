package dev.normforge.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of this machine that reads what is exported.
 *
 * @param environment variables that it has beside this process's own
 */
public record Program(String name, Map<String, String> environment) {

    /** With nothing beside it. */
    public Program(String name) {
        this(name, Map.of());
    }

    public Program {
        environment = Map.copyOf(environment);
    }

    /** What it printed, errors included, and its exit code. */
    public record Ended(int exit, String output) {
    }

    /** Where there is none the test is skipped and says so. */
    public static Program named(String name) {
        var program = new Program(name);
        Assumptions.assumeTrue(program.runs("-v") || program.runs("-version") || program.runs("-V"),
                "no " + name + ": install it");
        return program;
    }

    /** Whether it is there and ends well. */
    public boolean runs(String... arguments) {
        try {
            return run(Path.of("."), arguments).exit() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Runs it to its end. */
    public Ended run(Path folder, String... arguments) throws IOException {
        return run(folder, List.of(), arguments);
    }

    /** @param files that stand after the arguments */
    public Ended run(Path folder, List<String> files, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        command.addAll(files);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        try (var out = process.getInputStream()) {
            var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), text);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
