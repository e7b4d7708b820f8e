package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.NamedLayers;
import dev.normforge.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** torch.compile, torch.export, copies, layouts, maps of one value: what others do with modules that they did not write. */
class LayersBreakToolsOfPyTorchTest {

    private static final int RANDOM = 30;
    /** Compiled to machine code too, which takes seconds each. */
    private static final List<String> MACHINE_CODE = List.of("evonorm-b0", "gn-silu", "bn-relu");

    @TempDir
    private Path folder;

    @TempDir
    private Path scripts;

    @Test
    void whatPeopleDoWithModulesWorksWithGeneratedOnes(TestReporter reporter) throws IOException {
        var pythons = Python.all("torch", "torch.export"); // those with PyTorch 2
        int count = NamedLayers.names().size() + RANDOM;
        for (var one : ExportedLayers.all().entrySet().stream().limit(count).toList()) {
            var own = folder.resolve(one.getKey());
            TorchFiles.write(own, one.getValue());
            if (MACHINE_CODE.contains(one.getKey())) {
                Files.createFile(own.resolve("inductor"));
            }
        }
        var script = TorchFiles.script(scripts, "check_torch_tools.py");
        for (var python : pythons) {
            var ended = python.run(folder, "-W", "ignore", script, folder.toString());
            reporter.publishEntry(python.name(), ended.output().strip());
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(ended.output()).contains("\"compiled\": " + count, "\"exported\": " + count,
                    "\"small\": " + count);
        }
    }
}
