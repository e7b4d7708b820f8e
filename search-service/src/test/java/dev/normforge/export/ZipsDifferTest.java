package dev.normforge.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.TimeZone;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipsDifferTest {

    private static final Export EXPORT = new Export(new ModuleName("MyLayer"),
            new Layer(NamedLayers.find("evonorm-b0").orElseThrow(), Numerics.DEFAULT), 8);

    @TempDir
    private Path folder;

    @Test
    void theSameLayerGivesTheSameBytesInAnyTimeZone() {
        var zip = ExportZip.of(EXPORT, EnumSet.allOf(Format.class));
        var before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(ExportZip.of(EXPORT, EnumSet.allOf(Format.class))).isEqualTo(zip);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void itHoldsTheFilesThatExportWritesAndNoOthers() throws IOException {
        var all = EnumSet.allOf(Format.class);
        ExportFiles.write(EXPORT, all, folder, false);
        var zip = ExportFiles.writeZip(EXPORT, all, folder, false).getFirst();
        assertThat(zip).hasFileName("my_layer.zip");
        int entries = 0;
        try (var in = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(zip)))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(entry.getName()).startsWith("my_layer/");
                assertThat(in.readAllBytes()).as(entry.getName())
                        .isEqualTo(Files.readAllBytes(folder.resolve(entry.getName().substring("my_layer/".length()))));
                entries++;
            }
        }
        assertThat(entries).isEqualTo(Format.values().length);
    }
}
