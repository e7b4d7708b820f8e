package dev.normforge.cli;

import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A specification file: a whole {@link SearchSpec} or the part of it that differs from a preset. Objects are merged field by
 * field (one of another {@code kind} is replaced as a whole), anything else replaces what the preset says.
 */
final class SpecFile {

    static final int MOST_BYTES = 1_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Path file;
    private final ObjectNode content;

    private SpecFile(Path file, ObjectNode content) {
        this.file = file;
        this.content = content;
    }

    /** @throws UserError naming the file and what is wrong with it */
    static SpecFile read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UserError("--spec is %s, expected an existing file".formatted(file));
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new UserError("--spec %s has %d bytes, expected at most %d".formatted(file, Files.size(file),
                        MOST_BYTES));
            }
            if (MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
                return new SpecFile(file, object);
            }
            throw new UserError("--spec %s holds no JSON object, expected a search specification".formatted(file));
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new UserError("--spec %s, line %d, column %d: %s".formatted(file, at == null ? 0 : at.getLineNr(),
                    at == null ? 0 : at.getColumnNr(), e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new UserError("--spec %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * The preset that the file itself builds on.
     *
     * @throws UserError if there is none of this name
     */
    Optional<String> preset() {
        var named = content.path("preset");
        Optional<String> name = named.isString() ? Optional.of(named.stringValue()) : Optional.empty();
        if (name.isPresent() && !Presets.names().contains(name.get())) {
            throw new UserError("--spec %s: preset is %s, expected one of %s".formatted(file, name.get(),
                    String.join(", ", Presets.names())));
        }
        return name;
    }

    /** Whether the file says which images to use: then nothing else will do. */
    boolean namesData() {
        return content.path("proxy").path("data").has("name");
    }

    /** @throws UserError naming file, field, value and expectation */
    SearchSpec over(SearchSpec preset) {
        var merged = merge((ObjectNode) MAPPER.readTree(ProtocolJson.write(preset)), content);
        try {
            return ProtocolJson.read(merged.toString(), SearchSpec.class);
        } catch (IllegalArgumentException e) {
            throw new UserError("--spec %s: %s".formatted(file, NormForge.oneLine(e)), e);
        }
    }

    private static ObjectNode merge(ObjectNode base, ObjectNode over) {
        var merged = base.deepCopy();
        over.forEachEntry((field, value) -> merged.set(field, merged(base.get(field), value)));
        return merged;
    }

    private static JsonNode merged(@Nullable JsonNode base, JsonNode over) {
        return base instanceof ObjectNode one && over instanceof ObjectNode two && sameKind(one, two)
                ? merge(one, two)
                : over;
    }

    private static boolean sameKind(ObjectNode base, ObjectNode over) {
        return !over.has("kind") || over.get("kind").equals(base.get("kind"));
    }
}
