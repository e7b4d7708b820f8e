package dev.normforge.export;

import dev.normforge.testing.Python;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated Keras layers run by a real Keras on each of its backends against the interpreter. */
class KerasLayerLeavesItsGraphTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"jax, jax", "torch, torch", "tensorflow, tensorflow"})
    void namedLayersAndRandomGraphsAgreeOnEveryBackend(String backend, String module, TestReporter reporter)
            throws IOException {
        var python = Python.with("keras, " + module);
        var layers = ExportedLayers.all();
        layers.putAll(OddLayers.all());
        var exported = new ExportedFolder(folder, Format.KERAS);
        exported.write(layers);
        var ended = python.run(folder, exported.script("check_keras.py"), exported.layers().toString(), backend);
        reporter.publishEntry(ended.output().strip());
        assertThat(ended.exit()).as("%s%n%s", ended.output(), ExportedFolder.formulas(layers)).isZero();
        assertThat(ended.output()).contains("\"double\": " + layers.size(), "\"half\": " + layers.size(), "\"kink\": 4",
                "\"again\": " + layers.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"evonorm-b0 | ops.var(a, (0, *self._space) | ops.var(a, (0, 1)",
            "evonorm-s0 | size) + epsilon) | size) + 2 * epsilon)",
            "bn-relu | kept * self.momentum | kept * 0.5"})
    void theFileFindsItsOwnMistake(String layer, String right, String wrong) throws IOException {
        var python = Python.with("keras, jax");
        new ExportedFolder(folder, Format.KERAS).findsItsOwnMistake(python, layer, right, wrong);
    }
}
