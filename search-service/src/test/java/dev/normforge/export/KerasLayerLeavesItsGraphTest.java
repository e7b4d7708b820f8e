package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.Program;
import dev.normforge.testing.Python;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated Keras layers run by a real Keras on each of its backends against the interpreter. */
class KerasLayerLeavesItsGraphTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jax", "torch", "tensorflow"})
    void namedLayersAndRandomGraphsAgreeOnEveryBackend(String backend, TestReporter reporter) throws IOException {
        var python = on(backend);
        var layers = ExportedLayers.some();
        layers.putAll(OddLayers.all());
        var exported = new ExportedFolder(folder, Format.KERAS);
        exported.write(layers);
        var ended = python.run(folder, exported.script("check_keras.py"), exported.layers().toString());
        reporter.publishEntry(ended.output().strip());
        assertThat(ended.exit()).as("%s%n%s", ended.output(), ExportedFolder.formulas(layers)).isZero();
        assertThat(ended.output()).contains("\"double\": " + layers.size(), "\"half\": " + layers.size(), "\"kink\": 4",
                "\"again\": " + layers.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"evonorm-b0 | moving, ops.var( | moving, 1.1 * ops.var(",
            "evonorm-s0 | size) + epsilon) | size) + 2 * epsilon)",
            "bn-relu | kept * self.momentum | kept * 0.5"})
    void theFileFindsItsOwnMistake(String layer, String right, String wrong) throws IOException {
        var python = on("torch");
        new ExportedFolder(folder, Format.KERAS).findsItsOwnMistake(python, layer, right, wrong);
    }

    private static Program on(String backend) {
        return Python.with("keras, " + backend, Map.of("KERAS_BACKEND", backend));
    }
}
