package dev.normforge.export;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real Python with what a test needs; where there is none the test is skipped and says so. */
final class Python {

    private Python() {
    }

    static Program with(String module) {
        var found = Stream
                .of(Optional.ofNullable(System.getenv("NORMFORGE_PYTHON")).orElse("python3"), "/usr/bin/python3")
                .map(Program::new).filter(python -> python.runs("-c", "import " + module)).findFirst();
        Assumptions.assumeTrue(found.isPresent(),
                "no python3 with %s: install it, or set NORMFORGE_PYTHON".formatted(module));
        return found.orElseThrow();
    }
}
