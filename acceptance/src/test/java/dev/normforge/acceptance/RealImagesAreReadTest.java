package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** CIFAR-10 itself, where {@code CIFAR10_DIR} names it; skipped elsewhere. */
@EnabledIfEnvironmentVariable(named = "CIFAR10_DIR", matches = ".+")
class RealImagesAreReadTest {

    @TempDir
    private Path folder;

    @Test
    void theSameSeedGivesTheSameCountsTwice() throws Exception {
        var first = counts("11");
        assertThat(counts("11")).isEqualTo(first);
        assertThat(counts("12")).isNotEqualTo(first);
    }

    private List<String> counts(String seed) throws Exception {
        var run = CommandRun.normforge(folder, "evaluate", "bn-relu", "--preset", "laptop", "--anchors", "mobilenetv2",
                "--data", "cifar10", "--seed", seed, "--steps", "20", "--json");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.err()).as("warnings of the engine, or of the JVM").isEmpty();
        return run.out().lines().filter(line -> line.contains("correct")).toList();
    }

    @Test
    void aSearchOnRealImagesSaysSo() throws Exception {
        var run = CommandRun.normforge(folder, "search", "--preset", "smoke", "--data", "cifar10", "--workers", "2",
                "--port", "0", "--home", "home", "--out", "files");
        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(Files.readString(folder.resolve("files").resolve("report.json"))).contains("cifar10")
                .doesNotContain("synthetic");
        assertThat(run.lastLine()).doesNotContain("synthetic");
    }
}
