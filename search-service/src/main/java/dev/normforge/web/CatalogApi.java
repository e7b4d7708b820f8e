package dev.normforge.web;

import dev.normforge.graph.Cost;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.NamedComparisons;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.TransferAnchors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What there is to start from: presets, named comparisons, named layers, networks that no search trains on. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "catalog")
class CatalogApi {

    private final JsonMapper json;

    CatalogApi(JsonMapper json) {
        this.json = json;
    }

    /**
     * A preset and the specification it stands for.
     *
     * @param purpose what it is for
     */
    record PresetView(String name, String purpose, @Schema(type = "object") JsonNode spec) {
    }

    /**
     * A named layer, a graph with the default numerics.
     *
     * @param kind {@code graph}, or {@code native} for one that is written by hand
     * @param literal a graph's formula, nothing simplified
     * @param source where it was published, or what a baseline is for
     * @param batchStatistics whether it uses statistics over the batch
     * @param cost a graph's
     * @param graph a graph's layer file
     */
    record LayerView(String name, String kind, String formula, @Nullable String literal, String source,
            boolean batchStatistics,
            @Nullable Cost cost, @Nullable @Schema(type = "object") JsonNode graph) {
    }

    /**
     * A comparison that comes with the program.
     *
     * @param published the findings that it measures, with their sources
     */
    record NamedComparisonView(String name, List<String> published, @Schema(type = "object") JsonNode spec) {
        NamedComparisonView {
            published = List.copyOf(published);
        }
    }

    /**
     * A network on which no search trains, for comparisons.
     *
     * @param restores whether it puts out images instead of classes
     */
    record TransferAnchorView(String name, boolean restores, @Schema(type = "object") JsonNode spec) {
    }

    @GetMapping("/presets")
    @Operation(summary = "List presets with their specifications")
    List<PresetView> presets() {
        return Presets.names().stream()
                .map(name -> new PresetView(name, Presets.purpose(name), tree(Presets.read(name)))).toList();
    }

    @GetMapping("/named-comparisons")
    @Operation(summary = "List the comparisons that come with the program, and what is published of them")
    List<NamedComparisonView> comparisons() {
        return NamedComparisons.names().stream().map(NamedComparisons::read)
                .map(spec -> new NamedComparisonView(spec.name(),
                        spec.expectations().stream().map(ComparisonSpec.Expectation::published).toList(), tree(spec)))
                .toList();
    }

    @GetMapping("/transfer-anchors")
    @Operation(summary = "List the networks on which no search trains: classifiers, then those that restore images")
    List<TransferAnchorView> anchors() {
        return TransferAnchors.names().stream().map(TransferAnchors::read)
                .map(anchor -> new TransferAnchorView(anchor.name(), anchor.family().restores(), tree(anchor)))
                .toList();
    }

    @GetMapping("/layers")
    @Operation(summary = "List the named layers: graphs, then native ones")
    List<LayerView> layers() {
        return Stream.concat(
                NamedLayers.names().stream().map(name -> graph(name, NamedLayers.find(name).orElseThrow())),
                Arrays.stream(NativeLayer.values()).map(CatalogApi::written)).toList();
    }

    private JsonNode tree(Object value) {
        return json.readTree(ProtocolJson.write(value));
    }

    private LayerView graph(String name, LayerGraph graph) {
        var text = new LayerText(graph, Numerics.DEFAULT);
        return new LayerView(name, "graph", text.formula(), text.literal(), NamedLayers.source(name),
                text.usesBatchStatistics(),
                text.cost(),
                json.readTree(text.file()));
    }

    private static LayerView written(NativeLayer layer) {
        return new LayerView(layer.label(), "native", layer.formula(), null, layer.source(),
                layer.use() != NativeLayer.Use.NONE, null, null);
    }
}
