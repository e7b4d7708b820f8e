package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Formula;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where layers lie as one format of code, each in a folder of its own beside its fixture, for a script that checks them all.
 *
 * @param format one that checks itself
 */
record ExportedFolder(Path root, Format format) {

    private static final ModuleName NAME = new ModuleName("Exported");

    Path layers() {
        return root.resolve("layers");
    }

    /** Those that float32 can tell have a file {@code steady} beside them, those with a kink at 0 its {@code slope}. */
    void write(Map<String, Layer> all) throws IOException {
        for (var one : all.entrySet()) {
            var folder = write(one.getKey(), one.getValue());
            if (ExportedLayers.steady(one.getValue())) {
                Files.createFile(folder.resolve("steady"));
            }
            if (one.getKey().startsWith("kink-")) {
                Files.writeString(folder.resolve("slope"), Double.toString(OddLayers.slope(one.getValue())));
            }
        }
    }

    private Path write(String name, Layer layer) throws IOException {
        var folder = layers().resolve(name);
        ExportFiles.write(new Export(NAME, layer, 8), EnumSet.of(format, Format.FIXTURE), folder, false);
        return folder;
    }

    /** A copy of a resource, which Python can run. */
    String script(String name) throws IOException {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/export/" + name))) {
            return Files.write(root.resolve(name), in.readAllBytes()).toString();
        }
    }

    /** For messages of failures. */
    static Map<String, String> formulas(Map<String, Layer> layers) {
        var texts = new LinkedHashMap<String, String>();
        layers.forEach((name, layer) -> texts.put(name,
                Formula.of(new Simplifier(layer.numerics()).simplify(layer.graph()))));
        return texts;
    }

    /** Agrees as it was written, and differs once a piece of its code is another. */
    void findsItsOwnMistake(Program python, String layer, String right, String wrong) throws IOException {
        var self = write(layer, new Layer(NamedLayers.find(layer).orElseThrow(), Numerics.DEFAULT));
        assertThat(python.run(self, format.file())).satisfies(ended -> {
            assertThat(ended.exit()).as(ended.output()).isZero();
            assertThat(ended.output()).endsWith("agrees with the reference interpreter\n");
        });
        var file = self.resolve(format.file());
        var text = Files.readString(file);
        assertThat(text).contains(right);
        Files.writeString(file, text.replace(right, wrong));
        assertThat(python.run(self, format.file())).satisfies(ended -> {
            assertThat(ended.exit()).as(ended.output()).isEqualTo(1);
            assertThat(ended.output()).endsWith("DIFFERS from the reference interpreter\n");
        });
    }
}
