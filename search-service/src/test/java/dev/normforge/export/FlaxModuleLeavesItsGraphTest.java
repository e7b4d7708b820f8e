package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.testing.Python;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated Flax modules run by a real JAX against the interpreter. */
class FlaxModuleLeavesItsGraphTest {

    @TempDir
    private Path folder;

    @Test
    void namedLayersAndRandomGraphsAgreeInEveryPrecision(TestReporter reporter) throws IOException {
        var python = Python.with("jax, flax");
        var layers = ExportedLayers.some();
        layers.putAll(OddLayers.all());
        var exported = new ExportedFolder(folder, Format.FLAX);
        exported.write(layers);
        var ended = python.run(folder, exported.script("check_flax.py"), exported.layers().toString());
        reporter.publishEntry(ended.output().strip());
        assertThat(ended.exit()).as("%s%n%s", ended.output(), ExportedFolder.formulas(layers)).isZero();
        assertThat(ended.output()).contains("\"double\": " + layers.size(), "\"half\": " + layers.size(),
                "\"kink\": 4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "evonorm-b0 | jnp.square(a - _batch_mean(a, axis_name)) | jnp.square(a)",
            "evonorm-s0 | size) + epsilon) | size) + 2 * epsilon)",
            "bn-relu | momentum * running | 0.5 * running"})
    void theFileFindsItsOwnMistake(String layer, String right, String wrong) throws IOException {
        var python = Python.with("jax, flax");
        new ExportedFolder(folder, Format.FLAX).findsItsOwnMistake(python, layer, right, wrong);
    }
}
