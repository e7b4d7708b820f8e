package dev.normforge.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code provenance.json}: where a layer comes from, with everything that its scores are made of. */
final class ProvenanceJson {

    private static final String FORMAT = "normforge.provenance/1";
    private static final JsonMapper MAPPER = JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /** The same on every system. */
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final PrettyPrinter LINES = new DefaultPrettyPrinter().withObjectIndenter(INDENTER)
            .withArrayIndenter(INDENTER);

    private ProvenanceJson() {
    }

    static String of(Export export) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("format", FORMAT);
        fields.put("name", export.name().text());
        fields.put("layer", new File(Format.JSON.file(), sha256(Format.JSON.bytes(export))));
        fields.put("formula", export.formula());
        fields.putAll(known(export.provenance()));
        return MAPPER.writer().with(LINES).writeValueAsString(fields) + "\n";
    }

    private static Map<String, Object> known(Provenance provenance) {
        return switch (provenance) {
            case Provenance.Published(var layer, var source) -> Map.of("published", new Source(layer, source));
            case Provenance.Unknown() -> Map.of();
            case Provenance.Searched(var found) -> Map.of("found", found);
        };
    }

    /** @param sha256 of what it holds, so that neither is taken for another layer's */
    private record File(String file, String sha256) {
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private record Source(String layer, String source) {
    }
}
