package dev.normforge.web;

import dev.normforge.graph.Cost;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.report.SearchSummaries;
import dev.normforge.report.WorkerView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
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
     * A named layer with the default numerics.
     *
     * @param graph its layer file
     */
    record LayerView(String name, String formula, boolean batchStatistics, Cost cost,
            @Schema(type = "object") JsonNode graph) {
    }

    @GetMapping("/presets")
    @Operation(summary = "List presets with their specifications")
    List<PresetView> presets() {
        return Presets.names().stream().map(name -> new PresetView(name, json.readTree(
                ProtocolJson.write(Presets.read(name))))).toList();
    }

    @GetMapping("/layers")
    @Operation(summary = "List the named layers")
    List<LayerView> layers() {
        return NamedLayers.names().stream().map(name -> layer(name, NamedLayers.find(name).orElseThrow())).toList();
    }

    @GetMapping("/workers")
    @Operation(summary = "List live workers and what they train")
    List<WorkerView> workers() {
        return summaries.workers();
    }

    private LayerView layer(String name, LayerGraph graph) {
        var text = new LayerText(graph, Numerics.DEFAULT);
        return new LayerView(name, text.formula(), text.usesBatchStatistics(), text.cost(), json.readTree(text.file()));
    }
}
