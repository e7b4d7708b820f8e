package dev.normforge.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Python with what a test needs; where there is none the test is skipped and says so. */
record Python(String program) {

    /** What it printed, errors included, and its exit code. */
    record Ended(int exit, String output) {
    }

    static Python with(String module) {
        var found = Stream
                .of(Optional.ofNullable(System.getenv("NORMFORGE_PYTHON")).orElse("python3"), "/usr/bin/python3")
                .map(Python::new).filter(python -> python.imports(module)).findFirst();
        Assumptions.assumeTrue(found.isPresent(),
                "no python3 with %s: install it, or set NORMFORGE_PYTHON".formatted(module));
        return found.orElseThrow();
    }

    private boolean imports(String module) {
        try {
            return run(Path.of("."), "-c", "import " + module).exit() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    Ended run(Path folder, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        try (var out = process.getInputStream()) {
            var text = new String(out.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), text);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
