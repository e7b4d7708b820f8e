package dev.normforge.web;

import dev.normforge.comparison.ComparedGraph;
import dev.normforge.comparison.plot.Plot;
import dev.normforge.comparison.view.ComparisonFiles;
import dev.normforge.comparison.view.CsvFiles;
import dev.normforge.comparison.view.Tables;
import dev.normforge.graph.GraphJson;
import dev.normforge.protocol.ProtocolJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a comparison has brought, so far or in the end: the same documents as the files of {@code compare}. Links from its
 * page to its charts lead to the charts here.
 */
@RestController
@RequestMapping(path = "/api/v1/comparisons/{comparison}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "comparisons")
class ComparisonResultApi {

    private static final String CSV = "text/csv;charset=UTF-8";
    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final String SVG = "image/svg+xml";

    private final ComparisonResults results;

    ComparisonResultApi(ComparisonResults results) {
        this.results = results;
    }

    /** @param name of its file, without ending */
    record PlotView(String name, String title) {
    }

    @GetMapping("/result")
    @Operation(summary = "Read the result: every cell with its runs, curves and failures", description = "So far, or as it was stored at the end. 409 where only another version of the program can tell.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    String result(@PathVariable String comparison) {
        return ProtocolJson.write(results.of(comparison).result());
    }

    @GetMapping("/tables")
    @Operation(summary = "Read the result as tables: findings, scores with intervals and tests, sizes, layers", description = "The same words and numbers as the page in Markdown.")
    Tables tables(@PathVariable String comparison) {
        return Tables.of(results.of(comparison).result());
    }

    @GetMapping("/glance")
    @Operation(summary = "Read what is compared under which conditions, and the best cell so far", description = "Or, in `untold`, why that cannot be said.")
    Tables.Glance glance(@PathVariable String comparison) {
        try {
            return Tables.glance(results.of(comparison).result());
        } catch (Refusal refusal) {
            if (refusal.isConflict()) { // in a list of many, one that another version made is nothing wrong
                return Tables.Glance.untold(String.valueOf(refusal.getMessage()));
            }
            throw refusal;
        }
    }

    @GetMapping(path = "/cells.csv", produces = CSV)
    @Operation(summary = "Read every cell with every seed as CSV")
    String cells(@PathVariable String comparison) {
        return CsvFiles.cells(results.of(comparison).result());
    }

    @GetMapping(path = "/layers.csv", produces = CSV)
    @Operation(summary = "Read every graph's formula as CSV, random layers included")
    String layers(@PathVariable String comparison) {
        return CsvFiles.layers(results.of(comparison).result());
    }

    @GetMapping("/layers/{layer}.json")
    @Operation(summary = "Read one layer's graph, random or found, as a layer file")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    String layer(@PathVariable String comparison, @PathVariable String layer) {
        return ComparedGraph.of(results.of(comparison).result().spec()).stream()
                .filter(graph -> graph.label().equals(layer)).map(graph -> GraphJson.write(graph.layer())).findFirst()
                .orElseThrow(() -> Refusal.notFound("layer", layer, "a name that `layers.csv` lists"));
    }

    @GetMapping(path = "/curves.csv", produces = CSV)
    @Operation(summary = "Read losses and scores in training as CSV")
    String curves(@PathVariable String comparison) {
        return CsvFiles.curves(results.of(comparison).result());
    }

    @GetMapping(path = "/" + ComparisonFiles.PAGE, produces = MARKDOWN)
    @Operation(summary = "Read the page in Markdown: published findings beside measured ones, tables, charts")
    String page(@PathVariable String comparison) {
        return ComparisonFiles.page(results.of(comparison).result());
    }

    @GetMapping("/plots")
    @Operation(summary = "List charts", description = "Which there are follows from what varies in the comparison and from what is measured so far.")
    List<PlotView> plots(@PathVariable String comparison) {
        return results.of(comparison).plots().stream().map(plot -> new PlotView(plot.name(), plot.title()))
                .toList();
    }

    @GetMapping(path = "/plots/{plot}.svg", produces = SVG)
    @Operation(summary = "Read one chart as SVG")
    String plot(@PathVariable String comparison, @PathVariable String plot) {
        return results.of(comparison).plots().stream().filter(one -> one.name().equals(plot)).map(Plot::svg)
                .findFirst().orElseThrow(() -> Refusal.notFound("plot", plot, "a name that `plots` lists"));
    }
}
