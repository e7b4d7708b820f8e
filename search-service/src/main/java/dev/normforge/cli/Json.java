package dev.normforge.cli;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results of commands as JSON for other programs, indented for people. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {
    }

    static String pretty(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
