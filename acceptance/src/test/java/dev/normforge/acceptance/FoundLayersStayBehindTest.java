package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.Python;
import dev.normforge.testing.ReadersNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** From a search to the user's own framework, as the README tells it. */
class FoundLayersStayBehindTest {

    /** Steps that no layer takes amiss: what is asked is that the network learns, not how well. */
    private static final ReadersNetwork NETWORK = new ReadersNetwork(CommandRun.ROOT.resolve("README.md"),
            "Adam(net.parameters(), lr=0.003)", 60, false);

    @TempDir
    private Path folder;

    @Test
    void theBestLayerOfASearchTrainsInTheReadersNetwork() throws Exception {
        var python = Python.with("torch");
        var search = CommandRun.normforge(folder, "search", "--preset", "smoke", "--data", "synthetic", "--workers",
                "2",
                "--port", "0", "--home", "home", "--out", "files", "--name", "found", "--seed", "5");
        assertThat(search.exit()).as(search.toString()).isZero();
        var export = CommandRun.normforge(folder, "export", "found", "--name", "Mine", "--out", "mine", "--home",
                "home");
        assertThat(export.exit()).as(export.toString()).isZero();

        var mine = folder.resolve("mine");
        var best = JsonMapper.shared().readTree(Files.readString(folder.resolve("files").resolve("report.json")))
                .at("/confirmed/0");
        var provenance = JsonMapper.shared().readTree(Files.readString(mine.resolve("provenance.json")));
        assertThat(provenance.at("/formula")).isEqualTo(best.get("formula"));
        assertThat(provenance.at("/found/birth")).isEqualTo(best.get("birth"));
        assertThat(provenance.at("/found/scores/1/mean")).isEqualTo(best.at("/confirm/mean"));

        var check = python.run(mine, "layer.py");
        assertThat(check.exit()).as(check.output()).isZero();
        var losses = NETWORK.train(python, mine);
        assertThat(losses.after()).as("%s", best.get("formula")).isLessThan(0.9 * losses.before());
    }
}
