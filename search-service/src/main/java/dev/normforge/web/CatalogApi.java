package dev.normforge.web;

import dev.normforge.graph.Cost;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.report.SearchSummaries;
import dev.normforge.report.WorkerView;
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

/** What there is besides searches: presets to start from, named layers, workers. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "catalog")
class CatalogApi {

    private final SearchSummaries summaries;
    private final JsonMapper json;

    CatalogApi(SearchSummaries summaries, JsonMapper json) {
        this.summaries = summaries;
        this.json = json;
    }

    /** A preset and the specification it stands for. */
    record PresetView(String name, @Schema(type = "object") JsonNode spec) {
    }

    /**
     * A named layer, a graph with the default numerics.
     *
     * @param kind {@code graph}, or {@code native} for one that is written by hand
     * @param source where a native layer was published
     * @param batchStatistics whether it uses statistics over the batch
     * @param cost a graph's
     * @param graph a graph's layer file
     */
    record LayerView(String name, String kind, String formula, @Nullable String source, boolean batchStatistics,
            @Nullable Cost cost, @Nullable @Schema(type = "object") JsonNode graph) {
    }

    @GetMapping("/presets")
    @Operation(summary = "List presets with their specifications")
    List<PresetView> presets() {
        return Presets.names().stream().map(name -> new PresetView(name, json.readTree(
                ProtocolJson.write(Presets.read(name))))).toList();
    }

    @GetMapping("/layers")
    @Operation(summary = "List the named layers: graphs, then native ones")
    List<LayerView> layers() {
        return Stream.concat(
                NamedLayers.names().stream().map(name -> graph(name, NamedLayers.find(name).orElseThrow())),
                Arrays.stream(NativeLayer.values()).map(CatalogApi::written)).toList();
    }

    @GetMapping("/workers")
    @Operation(summary = "List live workers and what they train")
    List<WorkerView> workers() {
        return summaries.workers();
    }

    private LayerView graph(String name, LayerGraph graph) {
        var text = new LayerText(graph, Numerics.DEFAULT);
        return new LayerView(name, "graph", text.formula(), null, text.usesBatchStatistics(), text.cost(),
                json.readTree(text.file()));
    }

    private static LayerView written(NativeLayer layer) {
        return new LayerView(layer.label(), "native", layer.formula(), layer.source(),
                layer.use() != NativeLayer.Use.NONE, null, null);
    }
}
