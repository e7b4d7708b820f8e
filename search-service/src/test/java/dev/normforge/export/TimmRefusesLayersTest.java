package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.testing.Python;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** timm has two ways of taking a layer and passes more arguments than it documents. */
class TimmRefusesLayersTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path scripts;

    @Test
    void itsModelsAreBuiltAroundTheGeneratedFunction() throws IOException {
        var script = TorchFiles.script(scripts, "check_timm.py");
        var python = Python.all("torch").stream().filter(one -> one.runs(script)).findFirst();
        Assumptions.assumeTrue(python.isPresent(), "no python3 with torch and timm: install them");
        for (var name : new String[]{"evonorm-s0", "evonorm-b0"}) {
            TorchFiles.write(folder.resolve(name), new Layer(NamedLayers.find(name).orElseThrow(), Numerics.DEFAULT));
        }
        var random = ExportedLayers.all().entrySet().stream().filter(one -> one.getKey().startsWith("random"))
                .map(Map.Entry::getValue).filter(ExportedLayers::steady).findFirst().orElseThrow();
        TorchFiles.write(folder.resolve("random"), random);
        var ended = python.orElseThrow().run(folder, script, folder.toString());
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("\"resnetv2_50\": 3", "\"mobilenetv2_100\": 3", "\"efficientnet_b0\": 3");
    }
}
