package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document that the service serves, as its readers take it: operations, and what each says that it answers. */
final class Documented {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final JsonNode document;
    private final JsonNode components;

    /** @param document {@code /api/v1/openapi.json} */
    Documented(JsonNode document) {
        this.document = document;
        this.components = closed(document.get("components").deepCopy());
    }

    /** One path and method. */
    record Operation(String method, String path, JsonNode node) {

        @Override
        public String toString() {
            return method + " " + path;
        }

        boolean reads() {
            return method.equals("GET");
        }

        /** Media types of an answer, without parameters. */
        List<String> types(int status) {
            var types = new ArrayList<String>();
            answer(status).path("content").propertyNames().forEach(type -> types.add(bare(type)));
            return types;
        }

        JsonNode answer(int status) {
            return node.path("responses").path(String.valueOf(status));
        }
    }

    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.get("paths").propertyStream().forEach(path -> path.getValue().propertyStream()
                .forEach(method -> operations.add(new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(),
                        method.getValue()))));
        return operations;
    }

    /**
     * An address of an operation: path variables by name or else by their example in the document, no query.
     *
     * @throws AssertionError where nobody says what a variable may be
     */
    static String address(Operation operation, Map<String, String> values) {
        return VARIABLE.matcher(operation.path()).replaceAll(variable -> Matcher.quoteReplacement(
                URLEncoder.encode(value(operation, variable.group(1), values), UTF_8).replace("+", "%20")));
    }

    private static String value(Operation operation, String variable, Map<String, String> values) {
        var here = operation.path().substring(0, operation.path().indexOf("{" + variable + "}")) + variable;
        var known = values.getOrDefault(here, values.get(variable));
        if (known != null) {
            return known;
        }
        return operation.node().path("parameters").valueStream()
                .filter(parameter -> parameter.path("name").asString("").equals(variable))
                .map(parameter -> parameter.path("example").asString(parameter.at("/schema/example").asString("")))
                .filter(example -> !example.isEmpty()).findFirst()
                .orElseThrow(() -> new AssertionError(
                        "%s cannot be called: give its parameter '%s' an example in the document, or a value in the test"
                                .formatted(operation, variable)));
    }

    /** What is wrong with an answer: its status, its media type, its body; empty where the document foresees it. */
    List<String> faults(Operation operation, int status, String type, String body) {
        var answer = operation.answer(status);
        if (answer.isMissingNode()) {
            return List.of("%d is not documented, answers: %s".formatted(status, body));
        }
        if (answer.path("content").isEmpty()) {
            return body.isEmpty() ? List.of() : List.of("%d has a body, documented without".formatted(status));
        }
        var content = content(answer, type);
        if (content == null) {
            return List.of("%d is %s, documented as %s".formatted(status, type, operation.types(status)));
        }
        if (!bare(type).endsWith("json")) {
            return List.of();
        }
        return schema(content.get("schema")).validate(body, InputFormat.JSON).stream().limit(5)
                .map(fault -> "%d: %s".formatted(status, fault)).toList();
    }

    private static @Nullable JsonNode content(JsonNode answer, String type) {
        return answer.get("content").propertyStream()
                .filter(one -> bare(one.getKey()).equals(bare(type)) || one.getKey().equals("*/*"))
                .map(Map.Entry::getValue)
                .findFirst().orElse(null);
    }

    private Schema schema(JsonNode schema) {
        var whole = ((ObjectNode) schema.deepCopy()).set("components", components);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole.toString());
    }

    /** Where properties are listed, others are forbidden: what the document does not list, it hides. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("type").asString("").equals("object")
                && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Documented::closed);
        return node;
    }

    private static String bare(String type) {
        return type.replaceAll(";.*", "").strip();
    }
}
