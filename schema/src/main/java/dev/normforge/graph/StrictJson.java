package dev.normforge.graph;

import java.util.Collection;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON from strangers: bounded in size, depth and tokens, each key once, nothing after the end. Every refusal is one line
 * that names the field, the value and what was expected.
 */
public final class StrictJson {

    /** The largest document that is read, in bytes. */
    public static final int MAX_BYTES = 1_000_000;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_TOKENS = 100_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_NUMBER = 400; // the largest double, written out as databases do
    private static final int SHOWN = 40;

    private static final JsonMapper MAPPER = JsonMapper
            .builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(MAX_BYTES)
                            .maxNestingDepth(MAX_DEPTH).maxTokenCount(MAX_TOKENS).maxNameLength(MAX_NAME)
                            .maxNumberLength(MAX_NUMBER).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private StrictJson() {
    }

    /** @throws IllegalArgumentException in one line, with line and column */
    public static JsonNode parse(String json) {
        if (json.length() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "JSON has %d characters, expected at most %d".formatted(json.length(), MAX_BYTES));
        }
        if (json.isBlank()) {
            throw new IllegalArgumentException("JSON is empty, expected an object");
        }
        try {
            return MAPPER.readTree(json);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    "JSON is beyond its limits, expected at most %d levels, %d tokens, names of %d and numbers of %d characters: %s"
                            .formatted(MAX_DEPTH, MAX_TOKENS, MAX_NAME, MAX_NUMBER, oneLine(e)),
                    e);
        } catch (JacksonException e) {
            var location = e.getLocation();
            var where = location == null || location.getLineNr() < 1
                    ? ""
                    : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
            throw new IllegalArgumentException(
                    "JSON is malformed%s, expected a well-formed document: %s".formatted(where, oneLine(e)), e);
        }
    }

    private static String oneLine(JacksonException e) {
        var message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("").replaceFirst(", from `.*",
                ")");
        return message.length() > 4 * SHOWN ? message.substring(0, 4 * SHOWN) + "…" : message;
    }

    /** A refusal of a value. */
    public static IllegalArgumentException wrong(String path, JsonNode value, String expected) {
        return new IllegalArgumentException(
                "%s is %s, expected %s".formatted(path.isEmpty() ? "the document" : path, shown(value), expected));
    }

    /** A refusal of fields that are not among {@code known}. */
    public static void requireKnown(String path, JsonNode object, Collection<String> known) {
        if (!object.isObject()) {
            throw wrong(path, object, "an object with " + String.join(", ", known));
        }
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("%s is unknown, expected one of %s".formatted(
                        below(path, cut(name)), String.join(", ", known)));
            }
        }
    }

    /** A field that has to be there. */
    public static JsonNode required(String path, JsonNode object, String field, String expected) {
        var value = object.get(field);
        if (value == null) {
            throw new IllegalArgumentException("%s is missing, expected %s".formatted(below(path, field), expected));
        }
        return value;
    }

    /** The path of a field. */
    public static String below(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String shown(JsonNode value) {
        if (value.isObject()) {
            return value.isEmpty() ? "an empty object" : "an object";
        }
        if (value.isArray()) {
            return "a list of " + value.size();
        }
        return value.isString() ? '"' + cut(value.stringValue()) + '"' : cut(value.toString());
    }

    /** On one line and not too long for one: for messages that quote what strangers wrote. */
    public static String cut(String text) {
        var line = text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return line.length() <= SHOWN
                ? line
                : "%s… (%d characters)".formatted(line.substring(0, SHOWN), line.length());
    }
}
