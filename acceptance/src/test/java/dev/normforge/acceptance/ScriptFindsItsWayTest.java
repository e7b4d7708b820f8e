package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script is the first thing that a user runs: from anywhere, through links, with any Java on the PATH. */
class ScriptFindsItsWayTest {

    private static final Path SCRIPT = CommandRun.ROOT.resolve("normforge");

    @TempDir
    private Path folder;

    private CommandRun run(Map<String, String> environment, String... command) throws Exception {
        return CommandRun.of(folder, CommandRun.start(folder, environment, List.of(command)));
    }

    @Test
    void itRunsThroughALinkInAFolderWithSpaces() throws Exception {
        var here = Files.createDirectories(folder.resolve("a folder"));
        Files.createSymbolicLink(here.resolve("nf"), SCRIPT);
        Files.createSymbolicLink(folder.resolve("other"), Path.of("a folder", "nf"));

        var run = run(Map.of("JAVA_HOME", System.getProperty("java.home")), "./other", "show", "relu", "--json");

        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out()).startsWith("{").contains("max(x, 0)");
    }

    @Test
    void itGoesPastAJavaHomeThatIsNone() throws Exception {
        var jdk = Files.createDirectories(folder.resolve(".jdks"));
        Files.createSymbolicLink(jdk.resolve("found"), Path.of(System.getProperty("java.home")));

        var run = run(Map.of("JAVA_HOME", "/nowhere", "HOME", folder.toString()), SCRIPT.toString(), "--version");

        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out()).startsWith("normforge ");
    }

    @Test
    void withoutAJdkItSaysWhatItFoundAndHowToGetOne() throws Exception {
        var script = Files.writeString(folder.resolve("normforge"),
                Files.readString(SCRIPT).replace("NEEDED=25", "NEEDED=999"));

        var run = run(Map.of("JAVA_HOME", System.getProperty("java.home")), "sh", script.toString(), "layers");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("needs a JDK 999",
                "Java " + System.getProperty("java.version") + " in " + System.getProperty("java.home"),
                "adoptium.net");
    }
}
