package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.report.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search for networks that are trained in another way must train them so from calibration to confirmation. */
class SearchesForgetHowToTrainTest {

    private static final List<String> PURPOSES = List.of("CALIBRATION", "CONFIRMATION", "EVOLUTION");

    @TempDir
    private Path folder;

    @Test
    void weightsAreStandardizedThroughout() throws Exception {
        assertThat(search("standardized", """
                {"budget": {"candidates": 3},
                 "proxy": {"weightStandardization": {"epsilon": 1e-5, "insideRoot": true, "unbiased": true}}}
                """, "concat_ws(' ', p.spec -> 'weightStandardization' ->> 'epsilon',"
                + " p.spec -> 'weightStandardization' ->> 'insideRoot', p.spec -> 'weightStandardization' ->> 'unbiased')"))
                .isEqualTo("0.000010 true true");
    }

    /** Statistics over the batch are legal in batches of two where training uses running estimates of them. */
    @Test
    void batchesOfTwoAreNormalizedByEstimatesThroughout() throws Exception {
        assertThat(search("estimated", """
                {"budget": {"candidates": 4}, "space": {"batchIndependent": false},
                 "proxy": {"training": {"batch": 2}, "statistics": {"kind": "estimated", "rate": 0.1}}}
                """, "concat_ws(' ', p.spec -> 'training' ->> 'batch', p.spec -> 'statistics' ->> 'kind',"
                + " p.spec -> 'statistics' ->> 'rate')")).isEqualTo("2 estimated 0.1");
        assertThat(Report.read(CommandRun.read(folder.resolve("files"), "report.json")).calibration()).isNotNull();
    }

    /** @return what the proxies of all evaluations hold, which must be the same in every phase */
    private String search(String name, String spec, String held) throws Exception {
        Files.writeString(folder.resolve("spec.json"), spec);
        var run = CommandRun.normforge(folder, "search", "--preset", "smoke", "--data", "synthetic", "--spec",
                "spec.json", "--seed", "3", "--workers", "2", "--port", "0", "--home", "home", "--name", name, "--out",
                "files");
        assertThat(run.exit()).as(run.toString()).isZero();
        var report = Report.read(CommandRun.read(folder.resolve("files"), "report.json"));
        assertThat(run.lastLine()).isEqualTo(report.sentence());
        assertThat(report.confirmed()).isNotEmpty();
        try (var program = Program.serve(folder.resolve("home")); var database = program.database()) {
            Ledger.check(database, name);
            assertThat(Ledger.text(database, """
                    select string_agg(distinct e.purpose, ' ' order by e.purpose) from evaluation e
                    join search s on s.id = e.search_id join outcome o on o.evaluation_id = e.id
                    where s.name = ? and o.kind = 'SCORED'
                    """, name).split(" ")).containsAll(PURPOSES);
            return Ledger.text(database, """
                    select string_agg(distinct %s, ', ') from evaluation e join proxy p on p.hash = e.proxy_hash
                    join search s on s.id = e.search_id where s.name = ?
                    """.formatted(held), name);
        }
    }
}
