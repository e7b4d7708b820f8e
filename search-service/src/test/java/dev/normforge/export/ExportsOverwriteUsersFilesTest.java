package dev.normforge.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsOverwriteUsersFilesTest {

    private static final Layer LAYER = new Layer(NamedLayers.find("evonorm-s0").orElseThrow(), Numerics.DEFAULT);
    private static final ModuleName NAME = new ModuleName("Mine");

    @TempDir
    private Path folder;

    private List<Path> write(boolean replace) throws IOException {
        return ExportFiles.write(new Export(NAME, LAYER, 8), EnumSet.allOf(Format.class), folder, replace);
    }

    @Test
    void theSameLayerGivesTheSameBytesAgain() throws IOException {
        var files = write(false);
        var before = files.stream().map(ExportsOverwriteUsersFilesTest::text).toList();
        assertThat(write(false).stream().map(ExportsOverwriteUsersFilesTest::text).toList()).isEqualTo(before);
        assertThat(GraphJson.read(folder.resolve("layer.json"))).isEqualTo(LAYER);
    }

    @Test
    void aFileThatSomebodyChangedStaysUnlessItIsToGiveWay() throws IOException {
        Files.writeString(folder.resolve("layer.py"), "mine");
        assertThatThrownBy(() -> write(false)).isInstanceOf(IOException.class)
                .hasMessageContaining("layer.py is there already and holds something else");
        assertThat(names()).containsExactly("layer.py");
        assertThat(folder.resolve("layer.py")).hasContent("mine");

        write(true);
        assertThat(text(folder.resolve("layer.py"))).contains("class Mine(nn.Module)");
    }

    @Test
    void whereOneFileCannotBeWrittenNothingIsLeftHalfWritten() throws IOException {
        Files.createDirectories(folder.resolve("layer.json").resolve("in the way"));
        assertThatThrownBy(() -> write(true)).isInstanceOf(IOException.class);
        assertThat(names()).noneMatch(name -> name.endsWith(".part"));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
