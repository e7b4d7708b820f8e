package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.report.Funnel;
import dev.normforge.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Screening and gates may refuse only what is not worth having: refused layers are trained all the same. */
@Tag("long")
class RefusalsAreDeservedTest {

    /** The best are not what is looked for here: confirmation is cut short. */
    private static final String SHORT_END = """
            {"confirmation": {"steps": 20, "field": 1, "finalists": 1, "seeds": 1, "references": ["bn-relu"]}}
            """;
    private static final double MOST_FALSE = 0.05;

    /** Each run trains other layers: gates at the limit itself fail less than once in a hundred runs. */
    private static final double IMPROBABLE = 0.01;

    @TempDir
    private Path folder;

    /** On CIFAR-10 where it can be had, else on the synthetic images. */
    @Test
    void nothingThatTheNumericProbeRefusesCanBeTrained() throws Exception {
        var run = CommandRun.normforge(folder, "probe-audit", "--refusals", "500", "--seed", "71", "--workers", "2");

        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.out()).contains("250 layers proposed by the search's evolution",
                "250 layers among random graphs", "0 unanswered", "none of them could be trained");
    }

    /** So few layers bear no rate of exactly 5 %: what must not be is that they speak against it. */
    @Test
    @EnabledIfEnvironmentVariable(named = "CIFAR10_DIR", matches = ".+")
    void fewOfTheLayersThatStackProbeAndGatesRefuseWereWorthHaving() throws Exception {
        Files.writeString(folder.resolve("short.json"), SHORT_END);
        var run = CommandRun.normforge(folder, "search", "--spec", "short.json", "--audit", "90", "--seed", "72",
                "--workers", "2", "--port", "0", "--home", "home", "--out", "files");

        assertThat(run.exit()).as(run.toString()).isZero();
        var audit = Report.read(Files.readString(folder.resolve("files").resolve("report.json"))).audit();
        assertThat(audit.threshold()).isNotNull().isBetween(0.1, 0.3);
        assertThat(audit.stages()).extracting(row -> row.stage()).containsExactly(Funnel.Stage.STACK,
                Funnel.Stage.QUALITY);
        assertThat(audit.stages().stream().mapToLong(row -> row.audited()).sum()).isGreaterThanOrEqualTo(90);
        assertThat(audit.stages()).allSatisfy(row -> {
            assertThat(row.audited()).isPositive();
            assertThat(atLeast(row.falselyRejected(), row.audited())).as(row.toString()).isGreaterThan(IMPROBABLE);
        });
        assertThat(run.out()).contains("audit: rejected layers trained to the end all the same");
    }

    /** How probable it is that {@code few} or more of {@code audited} are false where {@link #MOST_FALSE} of all are. */
    private static double atLeast(long few, long audited) {
        double exactly = Math.pow(1 - MOST_FALSE, audited);
        double below = 0;
        for (long k = 0; k < few; k++) {
            below += exactly;
            exactly *= (audited - k) / (k + 1.0) * MOST_FALSE / (1 - MOST_FALSE);
        }
        return 1 - below;
    }
}
