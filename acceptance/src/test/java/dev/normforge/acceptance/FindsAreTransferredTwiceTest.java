package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finished search's report can be had again, and what it found can be trained elsewhere, once. */
class FindsAreTransferredTwiceTest {

    private static final int TRAINED = 6;
    private static final int ANCHORS = 2;
    private static final int SEEDS = 2;

    @TempDir
    private Path folder;

    @Test
    void aFindIsTrainedElsewhereOnceAndReportedAgain() throws Exception {
        var search = run("search", "--preset", "smoke", "--data", "synthetic", "--seed", "3", "--candidates", "3",
                "--workers", "2", "--port", "0", "--name", "found", "--out", "files");
        assertThat(search.exit()).as(search.toString()).isZero();
        var report = CommandRun.read(folder.resolve("files"), "report.json");
        var found = Report.read(report).confirmed().getFirst().layer();

        var first = transfer();
        assertThat(first.exit()).as(first.toString()).isZero();
        Path below;
        try (var inside = Files.list(folder.resolve("again"))) {
            below = inside.filter(file -> file.getFileName().toString().startsWith("transfer-")).findFirst()
                    .orElseThrow();
        }
        var result = ProtocolJson.readOwn(CommandRun.read(below, "comparison.json"), ComparisonResult.class);
        assertThat(result.trainings()).isEqualTo(TRAINED * ANCHORS);
        assertThat(result.spec().layers()).hasSize(TRAINED);
        assertThat(result.cells()).allSatisfy(cell -> assertThat(cell.runs()).hasSize(SEEDS));
        assertThat(first.lastLine())
                .startsWith("On synthetic images, which say nothing about real ones: " + found
                        + " beside BN-ReLU over 2 seeds")
                .contains("vgg", "unet-denoise", " dB (");
        assertThat(CommandRun.read(below, "transfer.md")).contains("hin-leaky", first.lastLine());
        assertThat(folder.resolve("again").resolve("report.md")).isNotEmptyFile();

        var second = transfer();
        assertThat(second.exit()).as(second.toString()).isZero();
        assertThat(second.out()).as("trained again").doesNotContain(" running; ").endsWith(tables(first.out()));
        assertThat(ProtocolJson.readOwn(CommandRun.read(below, "comparison.json"), ComparisonResult.class))
                .isEqualTo(result);

        Files.delete(folder.resolve("again").resolve("report.md"));
        var again = run("report", "found", "--out", "again");
        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(again.lastLine()).isEqualTo(Report.read(report).sentence());
        assertThat(CommandRun.read(folder.resolve("again"), "report.json")).isEqualTo(report);
        assertThat(folder.resolve("again").resolve("report.md")).isNotEmptyFile();

        refused(run("report", "fuond", "--out", "other"), "SEARCH is fuond, expected one of this home: found");
        refused(run("report", result.name(), "--out", "other"), "SEARCH is " + result.name());
        assertThat(folder.resolve("other")).doesNotExist();
        try (var program = Program.serve(folder.resolve("home")); var database = program.database()) {
            Ledger.checkComparison(database, result.name(), TRAINED * ANCHORS * SEEDS);
        }
    }

    @Test
    void aHomeWithoutSearchesIsNotFilledByAsking() throws Exception {
        refused(run("report", "found"), "SEARCH is found", "no searches");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    private CommandRun transfer() throws Exception {
        return run("report", "found", "--transfer", "--anchors", "vgg,unet-denoise", "--seeds", "2", "--workers", "2",
                "--port", "0", "--out", "again");
    }

    private CommandRun run(String... arguments) throws Exception {
        return CommandRun.normforge(folder,
                Stream.concat(Stream.of(arguments), Stream.of("--home", "home")).toArray(String[]::new));
    }

    private static String tables(String printed) {
        return printed.substring(printed.indexOf("  synthetic images"));
    }

    private static void refused(CommandRun run, String... words) {
        assertThat(run.exit()).as(run.toString()).isOne();
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip()).hasLineCount(1).contains(words);
    }
}
