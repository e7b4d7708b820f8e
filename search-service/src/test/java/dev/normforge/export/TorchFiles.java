package dev.normforge.export;

import dev.normforge.graph.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;

/** What scripts that check generated modules read. */
final class TorchFiles {

    static final ModuleName NAME = new ModuleName("Exported");

    private TorchFiles() {
    }

    /** {@code layer.py} and {@code fixture.json} in a folder of their own. */
    static void write(Path folder, Layer layer) throws IOException {
        ExportFiles.write(new Export(NAME, layer, 8), EnumSet.of(Format.PYTORCH, Format.FIXTURE), folder, false);
    }

    /** Where it is now; {@code name} is one of {@code /export/}. */
    static String script(Path folder, String name) throws IOException {
        try (var in = Objects.requireNonNull(TorchFiles.class.getResourceAsStream("/export/" + name))) {
            return Files.write(folder.resolve(name), in.readAllBytes()).toString();
        }
    }
}
