package dev.normforge.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program run to its end as a user's shell runs it.
 *
 * @param exit its code
 */
record CommandRun(int exit, String out, String err) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path JAR = ROOT.resolve(Path.of("search-service", "target", "search-service.jar"));
    /** Against a program that hangs: an audit takes some ten minutes where nothing else runs. */
    private static final int MOST_SECONDS = 3600;

    static CommandRun normforge(Path folder, String... arguments) throws Exception {
        return of(folder, start(folder, Map.of(), arguments));
    }

    static CommandRun normforge(Path folder, Map<String, String> environment, String... arguments) throws Exception {
        return of(folder, start(folder, environment, arguments));
    }

    /** Starts it in a folder; what it prints goes to the files {@code out} and {@code err} there. */
    static Process start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(folder, environment, command(List.of(arguments)));
    }

    /** The program with its arguments, as words. */
    static List<String> command(List<String> arguments) {
        var command = new ArrayList<String>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-jar", JAR.toString()));
        command.addAll(arguments);
        return command;
    }

    static Process start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().remove("SPRING_DATASOURCE_URL");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits for its end. */
    static CommandRun of(Path folder, Process process) throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it has not ended after %d s:%n%s".formatted(MOST_SECONDS, read(folder, "out")));
        }
        return new CommandRun(process.exitValue(), read(folder, "out"), read(folder, "err"));
    }

    static String read(Path folder, String file) throws IOException {
        return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
    }

    /** The last line of its output. */
    String lastLine() {
        return out.lines().reduce("", (_, line) -> line);
    }
}
