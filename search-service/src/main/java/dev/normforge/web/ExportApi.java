package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.export.Export;
import dev.normforge.export.ExportZip;
import dev.normforge.export.Format;
import dev.normforge.export.ModuleName;
import dev.normforge.export.Provenance;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.report.Provenances;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Layers as code, documents and evidence: the same files as those of {@code export}. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "exports")
class ExportApi {

    private static final String ZIP = "application/zip";
    private static final String OF_NAMED = "/layers/{layer}/exports";
    private static final String OF_BIRTH = "/searches/{search}/candidates/{birth}/exports";
    private static final String NAME = "The class, for example MyLayer; follows from the layer where it is left out.";
    private static final String CHANNELS = "Of the ONNX model.";

    private final SearchDetails searches;
    private final Provenances provenances;

    ExportApi(SearchDetails searches, Provenances provenances) {
        this.searches = searches;
        this.provenances = provenances;
    }

    /**
     * A file that there is.
     *
     * @param format as {@code export --format} has it
     * @param file its name, below this address
     */
    record ExportView(String format, String file, String mediaType, String description) {
    }

    @GetMapping(path = OF_NAMED, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List what a named graph can be taken home as")
    List<ExportView> list(@PathVariable String layer) {
        named(layer);
        return all();
    }

    @GetMapping(OF_NAMED + "/{file}")
    @Operation(summary = "Read one file of a named graph")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> read(@PathVariable String layer, @PathVariable String file,
            @Parameter(description = NAME) @RequestParam(required = false) @Nullable String name,
            @Parameter(description = CHANNELS) @RequestParam(defaultValue = "" + Export.CHANNELS) int channels) {
        return file(file, named(layer), name, channels);
    }

    @GetMapping(path = OF_NAMED + ".zip", produces = ZIP)
    @Operation(summary = "Read all files of a named graph in one")
    ResponseEntity<byte[]> zip(@PathVariable String layer,
            @Parameter(description = NAME) @RequestParam(required = false) @Nullable String name,
            @Parameter(description = CHANNELS) @RequestParam(defaultValue = "" + Export.CHANNELS) int channels) {
        return zip(export(named(layer), name, channels));
    }

    @GetMapping(path = OF_BIRTH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "List what a proposed layer can be taken home as")
    List<ExportView> list(@PathVariable String search, @PathVariable int birth) {
        if (!provenances.exists(searches.find(search).id(), birth)) {
            throw noBirth(birth);
        }
        return all();
    }

    @GetMapping(OF_BIRTH + "/{file}")
    @Operation(summary = "Read one file of a proposed layer")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> read(@PathVariable String search, @PathVariable int birth, @PathVariable String file,
            @Parameter(description = NAME) @RequestParam(required = false) @Nullable String name,
            @Parameter(description = CHANNELS) @RequestParam(defaultValue = "" + Export.CHANNELS) int channels) {
        return file(file, searched(search, birth), name, channels);
    }

    @GetMapping(path = OF_BIRTH + ".zip", produces = ZIP)
    @Operation(summary = "Read all files of a proposed layer in one")
    ResponseEntity<byte[]> zip(@PathVariable String search, @PathVariable int birth,
            @Parameter(description = NAME) @RequestParam(required = false) @Nullable String name,
            @Parameter(description = CHANNELS) @RequestParam(defaultValue = "" + Export.CHANNELS) int channels) {
        return zip(export(searched(search, birth), name, channels));
    }

    /** @param title what its class is named after */
    private record Taken(String title, Layer layer, Provenance provenance) {
    }

    private static Taken named(String layer) {
        var graph = NamedLayers.find(layer).orElseThrow(() -> Refusal.notFound("layer", layer,
                "a graph: one of " + String.join(", ", NamedLayers.names())));
        return new Taken(layer, new Layer(graph, Numerics.DEFAULT),
                new Provenance.Published(layer, NamedLayers.source(layer)));
    }

    private Taken searched(String search, int birth) {
        var key = searches.find(search);
        var traced = provenances.find(key.id(), birth)
                .orElseThrow(() -> noBirth(birth));
        return new Taken("%s-birth-%d".formatted(traced.found().search(), birth), traced.layer(),
                new Provenance.Searched(traced.found()));
    }

    private static Refusal noBirth(int birth) {
        return Refusal.notFound("birth", birth, "a birth of this search");
    }

    private static List<ExportView> all() {
        return Stream.of(Format.values()).map(format -> new ExportView(format.word(), format.file(),
                format.mediaType(), format.description())).toList();
    }

    private static Export export(Taken taken, @Nullable String name, int channels) {
        try {
            return new Export(name == null ? ModuleName.ofLayer(taken.title()) : called(name), taken.layer(), channels,
                    taken.provenance());
        } catch (IllegalArgumentException e) {
            throw Refusal.of(e);
        }
    }

    private static ModuleName called(String name) {
        try {
            return new ModuleName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("name is " + e.getMessage(), e);
        }
    }

    private static ResponseEntity<byte[]> file(String file, Taken taken, @Nullable String name, int channels) {
        var format = Stream.of(Format.values()).filter(one -> one.file().equals(file)).findFirst()
                .orElseThrow(() -> Refusal.notFound("file", file, "one that `exports` lists"));
        var type = MediaType.parseMediaType(format.mediaType());
        return download(format.file(), format.binary() ? type : new MediaType(type, UTF_8),
                format.bytes(export(taken, name, channels)));
    }

    private static ResponseEntity<byte[]> zip(Export export) {
        return download(ExportZip.file(export.name()), MediaType.parseMediaType(ZIP),
                ExportZip.of(export, EnumSet.allOf(Format.class)));
    }

    private static ResponseEntity<byte[]> download(String file, MediaType type, byte[] content) {
        return ResponseEntity.ok().contentType(type)
                .headers(headers -> headers
                        .setContentDisposition(ContentDisposition.attachment().filename(file).build()))
                .body(content);
    }
}
