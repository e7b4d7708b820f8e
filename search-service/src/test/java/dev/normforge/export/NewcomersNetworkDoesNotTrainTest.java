package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the network of the README as it stands there. */
class NewcomersNetworkDoesNotTrainTest {

    private static final Pattern EXAMPLE = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

    /** Two classes that differ in the mean of their first channel; both losses are of the same images in evaluation. */
    private static final String TRAINING = """

            torch.set_num_threads(1)
            torch.manual_seed(1)
            label = torch.arange(64) % 2
            x = torch.randn(64, 3, 8, 8)
            x[:, 0] += label.view(-1, 1, 1).float()
            for _ in range(3):
                net(x)  # running statistics settle
            loss = lambda: nn.functional.cross_entropy(net(x), label)
            before = loss().item()
            steps = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
            for _ in range(40):
                steps.zero_grad()
                loss().backward()
                steps.step()
            net.eval()
            print("before", before, "after", loss().item())
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"evonorm-s0", "evonorm-b0", "bn-relu"})
    void theExampleOfThePageLearnsToTellTwoClassesApart(String layer) throws IOException {
        var python = Python.with("torch");
        var example = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(example.find()).isTrue();
        ExportFiles.write(
                new Export(new ModuleName("Mine"), new Layer(NamedLayers.find(layer).orElseThrow(), Numerics.DEFAULT),
                        8),
                EnumSet.of(Format.PYTORCH), folder, false);
        Files.writeString(folder.resolve("train.py"), example.group(1) + TRAINING);
        var ended = python.run(folder, "train.py");
        assertThat(ended.exit()).as(ended.output()).isZero();
        var words = ended.output().strip().split(" ");
        assertThat(Double.parseDouble(words[3])).as(ended.output()).isLessThan(0.2 * Double.parseDouble(words[1]));
    }
}
