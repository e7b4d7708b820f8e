package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.Python;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** From a search to the user's own framework, as the README tells it. */
class FoundLayersStayBehindTest {

    private static final Pattern EXAMPLE = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    /** Steps that no layer takes amiss: what is asked is that the network learns, not how well. */
    private static final String TRAINING = """

            torch.set_num_threads(1)
            torch.manual_seed(1)
            label = torch.arange(64) % 2
            x = torch.randn(64, 3, 8, 8)
            x[:, 0] += label.view(-1, 1, 1).float()
            loss = lambda: nn.functional.cross_entropy(net(x), label)
            before = loss().item()
            steps = torch.optim.Adam(net.parameters(), lr=0.003)
            for _ in range(60):
                steps.zero_grad()
                loss().backward()
                steps.step()
            print("before", before, "after", loss().item())
            """;

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
        var example = EXAMPLE.matcher(Files.readString(CommandRun.ROOT.resolve("README.md")));
        assertThat(example.find()).isTrue();
        Files.writeString(mine.resolve("train.py"), example.group(1) + TRAINING);
        var trained = python.run(mine, "train.py");
        assertThat(trained.exit()).as(trained.output()).isZero();
        var words = trained.output().strip().split(" ");
        assertThat(Double.parseDouble(words[3])).as("%s: %s", best.get("formula"), trained.output())
                .isLessThan(0.9 * Double.parseDouble(words[1]));
    }
}
