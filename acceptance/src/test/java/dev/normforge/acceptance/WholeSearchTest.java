package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.normforge.graph.GraphJson;
import dev.normforge.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one command: it must end by itself, keep its promises about files, and survive being stopped half-way. */
class WholeSearchTest {

    private static final List<String> SEARCH = List.of("search", "--preset", "smoke", "--data", "synthetic",
            "--workers", "2", "--port", "0", "--home", "home", "--out", "files");

    @TempDir
    private Path folder;

    @Test
    void endsWithTableFilesAndAnHonestLastLine() throws Exception {
        var run = CommandRun.normforge(folder, with("--seed", "3"));

        assertThat(run.exit()).as(run.toString()).isZero();
        var report = report();
        assertThat(report.seed()).isEqualTo(3);
        assertThat(report.data()).isEqualTo("synthetic");
        assertThat(run.lastLine()).isEqualTo(report.sentence());
        assertThat(run.out()).contains("calibration", "verdict:", "funnel", "final table", "bn-relu", "synthetic");
        for (var entry : report.confirmed()) {
            assertThat(run.out()).contains(entry.formula());
            assertThat(GraphJson.read(folder.resolve("files").resolve(entry.layer() + ".json"))).isNotNull();
        }
        assertThat(leftRunning()).isEmpty();

        var replay = CommandRun.normforge(folder, "replay", report.search(), "--home", "home");
        assertThat(replay.exit()).as(replay.toString()).isZero();
    }

    @Test
    void stoppedHalfWayItSaysHowToGoOnAndGoesOn() throws Exception {
        var process = CommandRun.start(folder, Map.of(), with("--name", "stopped", "--candidates", "30"));
        Program.await(Duration.ofSeconds(60), "the search to begin",
                () -> printed(folder).contains("calibration:"));
        process.destroy(); // SIGTERM: shells in the background, as on a build server, make their children deaf to SIGINT
        var stopped = CommandRun.of(folder, process);

        assertThat(stopped.exit()).as(stopped.toString()).isEqualTo(143);
        assertThat(stopped.lastLine()).contains("--resume --name stopped");
        assertThat(leftRunning()).isEmpty();

        var resumed = CommandRun.normforge(folder, with("--resume", "--name", "stopped", "--candidates", "30"));
        assertThat(resumed.exit()).as(resumed.toString()).isZero();
        assertThat(report().search()).isEqualTo("stopped");
    }

    private static String[] with(String... more) {
        return Stream.concat(SEARCH.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static String printed(Path folder) {
        try {
            return CommandRun.read(folder, "out");
        } catch (IOException e) {
            return "";
        }
    }

    private Report report() throws IOException {
        var files = folder.resolve("files");
        var json = Files.readString(files.resolve("report.json"));
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(files.resolve("report.schema.json")));
        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(files.resolve("report.md")).isNotEmptyFile();
        return Report.read(json);
    }

    /** Processes whose command names this test's folder: PostgreSQL and workers of the search. */
    private List<String> leftRunning() {
        return ProcessHandle.allProcesses().map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(folder.toString())).toList();
    }
}
