package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guards what makes the source pleasant to read: small files, plain names, and no word about where it was written. */
class SourcesStaySmallTest {

    private static final int LONGEST = 400;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        for (var file : javaFiles()) {
            assertThat(Files.readAllLines(file)).as(ROOT.relativize(file).toString()).hasSizeLessThanOrEqualTo(LONGEST);
        }
    }

    @Test
    void noTypeHidesBehindAnEmptyWord() throws IOException {
        for (var file : javaFiles()) {
            assertThat(file.getFileName().toString()).doesNotMatch(".*(Impl|Manager|Util|Utils|Helper)\\.java");
        }
    }

    @Test
    void everyMainPackageSaysWhatItIsFor() throws IOException {
        for (var file : javaFiles()) {
            if (file.toString().contains("/src/main/")) {
                assertThat(file.resolveSibling("package-info.java")).exists();
            }
        }
    }

    private static List<Path> javaFiles() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/")).toList();
        }
    }
}
