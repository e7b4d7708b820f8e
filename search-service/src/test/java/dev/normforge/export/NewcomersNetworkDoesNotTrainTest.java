package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.testing.Python;
import dev.normforge.testing.ReadersNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the network of the README as it stands there. */
class NewcomersNetworkDoesNotTrainTest {

    private static final ReadersNetwork NETWORK = new ReadersNetwork(Path.of("..", "README.md"),
            "SGD(net.parameters(), lr=0.1, momentum=0.9)", 40, true);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"evonorm-s0", "evonorm-b0", "bn-relu"})
    void theExampleOfThePageLearnsToTellTwoClassesApart(String layer) throws IOException {
        var python = Python.with("torch");
        ExportFiles.write(
                new Export(new ModuleName("Mine"), new Layer(NamedLayers.find(layer).orElseThrow(), Numerics.DEFAULT),
                        8),
                EnumSet.of(Format.PYTORCH), folder, false);
        var losses = NETWORK.train(python, folder);
        assertThat(losses.after()).isLessThan(0.2 * losses.before());
    }
}
