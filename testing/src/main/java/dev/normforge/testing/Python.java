package dev.normforge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real Pythons with what a test needs; where there is none the test is skipped and says so. */
public final class Python {

    private static final String IDENTITY = "import os, sys; print(os.path.realpath(sys.executable), sys.prefix)";

    private Python() {
    }

    /** The first of all. */
    public static Program with(String... modules) {
        return all(modules).getFirst();
    }

    /** @param environment which some modules need before they can be imported */
    public static Program with(String modules, Map<String, String> environment) {
        return all(environment, modules).getFirst();
    }

    /** NORMFORGE_PYTHON, the python3 of the PATH and the system's, each once, also where a link leads from one to another. */
    public static List<Program> all(String... modules) {
        return all(Map.of(), modules);
    }

    private static List<Program> all(Map<String, String> environment, String... modules) {
        var imports = "import " + String.join(", ", modules);
        var found = new LinkedHashMap<String, Program>();
        Stream.of(Optional.ofNullable(System.getenv("NORMFORGE_PYTHON")), Optional.of("python3"),
                Optional.of("/usr/bin/python3")).flatMap(Optional::stream).map(name -> new Program(name, environment))
                .filter(python -> python.runs("-c", imports))
                .forEach(python -> found.putIfAbsent(identity(python), python));
        Assumptions.assumeFalse(found.isEmpty(), "no python3 with %s: install it, or set NORMFORGE_PYTHON"
                .formatted(String.join(" and ", modules)));
        return List.copyOf(found.values());
    }

    /** An environment's executable is a link to that of the Python which made it. */
    private static String identity(Program python) {
        try {
            return python.run(Path.of("."), "-c", IDENTITY).output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
