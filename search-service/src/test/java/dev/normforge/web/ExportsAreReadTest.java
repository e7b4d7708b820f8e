package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.export.Export;
import dev.normforge.export.ExportZip;
import dev.normforge.export.Format;
import dev.normforge.export.ModuleName;
import dev.normforge.export.Provenance;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportsAreReadTest extends ServiceUnderTest {

    private static final String NAMED = "/api/v1/layers/evonorm-s0/exports";
    private static final Export EXPORT = new Export(new ModuleName("EvonormS0"),
            new Layer(NamedLayers.find("evonorm-s0").orElseThrow(), Numerics.DEFAULT), Export.CHANNELS,
            new Provenance.Published("evonorm-s0", NamedLayers.source("evonorm-s0")));

    private String found;

    @BeforeEach
    void stored() {
        var search = new StoredSearch(jdbc, "synthetic");
        search.calibrated(0.38, 0.36, 0.35, 0.24);
        int parent = search.born("tanh(x)", null);
        int child = search.born("x * sigmoid(x)", parent);
        search.arrives(child, 0.40, 0.41, 0.42);
        found = search.path() + "/candidates/" + child + "/exports";
    }

    @Test
    void everyFileOfANamedLayerIsTheOneThatTheCommandWrites() throws IOException {
        var listed = read(NAMED).valueStream().map(view -> view.get("file").stringValue()).toList();
        assertThat(listed).containsExactlyElementsOf(Stream.of(Format.values()).map(Format::file).toList());
        for (var format : Format.values()) {
            assertThat(bytes(NAMED + "/" + format.file())).as(format.file()).isEqualTo(format.bytes(EXPORT));
        }
        assertThat(bytes(NAMED + ".zip")).isEqualTo(ExportZip.of(EXPORT, EnumSet.allOf(Format.class)));
    }

    @Test
    void aFoundLayerComesWithItsSearchAndLineage() throws IOException {
        assertThat(read(found)).hasSize(Format.values().length);
        var card = new String(bytes(found + "/card.md"), UTF_8);
        assertThat(card).contains("synthetic, a stand-in", "| 41.0 (", "## Lineage");
        assertThat(read(found + "/provenance.json").at("/found/lineage")).hasSize(2);
        assertThat(get(found + "/layer.py?name=Mine").raw().body()).contains("class Mine(nn.Module)");
        assertThat(get(found + ".zip?name=Mine").header("Content-Disposition")).contains("\"mine.zip\"");
    }

    @Test
    void textsSayThatTheyAreUtf8AndAreDownloaded() {
        var answer = get(NAMED + "/layer.mathml");
        assertThat(answer.type()).isEqualTo("application/mathml+xml;charset=UTF-8");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"layer.mathml\"");
        assertThat(get(NAMED + "/layer.onnx").type()).isEqualTo("application/octet-stream");
    }

    @Test
    void whatCannotBeTakenHomeIsRefusedByItsField() {
        refused(NAMED + "/layer.exe", 404, "file");
        refused("/api/v1/layers/bcn-relu/exports", 404, "layer");
        refused("/api/v1/layers/nosuch/exports.zip", 404, "layer");
        refused(found.replaceFirst("candidates/[0-9]+", "candidates/99") + "/layer.py", 404, "birth");
        refused(NAMED + "/layer.py?name=import", 400, "name");
        refused(NAMED + "/layer.py?name=" + "a%0Ab", 400, "name");
        refused(NAMED + "/layer.onnx?channels=0", 400, "channels");
        refused(NAMED + "/layer.onnx?channels=many", 400, "channels");
    }

    private void refused(String path, int status, String field) {
        var answer = get(path);
        assertThat(answer.status()).as(path).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("field").asString("")).as(answer.raw().body()).isEqualTo(field);
    }

    private byte[] bytes(String path) throws IOException {
        var connection = URI.create(origin() + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", authorization());
        try (var in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }
}
