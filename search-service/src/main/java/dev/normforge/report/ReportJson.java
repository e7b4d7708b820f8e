package dev.normforge.report;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON of this package's records: fields in record order, indented, unknown fields refused. */
final class ReportJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().addModule(LayerJson.module())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).build();

    private ReportJson() {
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** @throws IllegalArgumentException where the JSON is not of that shape */
    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "%s is not readable: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
        }
    }
}
