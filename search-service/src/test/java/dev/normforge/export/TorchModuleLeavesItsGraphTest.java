package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Formula;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Generated code run by a real Python against the interpreter. */
class TorchModuleLeavesItsGraphTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path scripts;

    @Test
    void namedLayersAndRandomGraphsAgreeInEveryPrecision(TestReporter reporter) throws IOException {
        var pythons = Python.all("torch");
        var layers = ExportedLayers.all();
        var texts = new LinkedHashMap<String, String>();
        for (var one : layers.entrySet()) {
            write(one.getKey(), one.getValue());
            texts.put(one.getKey(),
                    Formula.of(new Simplifier(one.getValue().numerics()).simplify(one.getValue().graph())));
        }
        var script = TorchFiles.script(scripts, "check_torch.py");
        for (var python : pythons) {
            var ended = python.run(folder, script, folder.toString());
            reporter.publishEntry(python.name(), ended.output().strip());
            assertThat(ended.exit()).as("%s: %s%n%s", python.name(), ended.output(), texts).isZero();
            assertThat(ended.output()).contains("\"double\": " + layers.size(), "\"half\": " + layers.size());
        }
    }

    /** Independent of graph and interpreter: a graph that was drawn wrongly would agree with both. */
    @Test
    void publishedLayersAreThePapersFormulas() throws IOException {
        var pythons = Python.all("torch");
        for (var name : List.of("evonorm-b0", "evonorm-s0")) {
            write(name, new Layer(NamedLayers.find(name).orElseThrow(), Numerics.DEFAULT));
        }
        var script = TorchFiles.script(scripts, "check_evonorm.py");
        for (var python : pythons) {
            var ended = python.run(folder, script, folder.toString());
            assertThat(ended.exit()).as("%s: %s", python.name(), ended.output()).isZero();
            assertThat(ended.output()).endsWith("agree\n");
        }
    }

    @Test
    void theFileFindsItsOwnMistake() throws IOException {
        var python = Python.with("torch");
        write("self", new Layer(NamedLayers.find("evonorm-b0").orElseThrow(), Numerics.DEFAULT));
        var self = folder.resolve("self");
        assertThat(python.run(self, "layer.py")).satisfies(ended -> {
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(ended.output()).endsWith("agrees with the reference interpreter\n");
        });
        var text = Files.readString(self.resolve("layer.py"));
        Files.writeString(self.resolve("layer.py"), text.replace("unbiased=False", "unbiased=True"));
        assertThat(python.run(self, "layer.py")).satisfies(ended -> {
            assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
            assertThat(ended.output()).endsWith("DIFFERS from the reference interpreter\n");
        });
    }

    private void write(String name, Layer layer) throws IOException {
        TorchFiles.write(folder.resolve(name), layer);
        if (ExportedLayers.steady(layer)) {
            Files.createFile(folder.resolve(name).resolve("steady"));
        }
    }
}
