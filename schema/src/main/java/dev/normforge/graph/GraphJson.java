package dev.normforge.graph;

import static dev.normforge.graph.StrictJson.wrong;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Canonical JSON of a layer ({@code normforge.layer/1}), strict in what it reads; {@code layer.schema.json} describes it. */
public final class GraphJson {

    /** What the field {@code format} says. */
    public static final String FORMAT = "normforge.layer/1";

    private static final List<String> LAYER_FIELDS = List.of("format", "groups", "epsilon", "nodes");
    private static final List<String> NODE_FIELDS = List.of("op", "over", "in");
    private static final List<String> INPUTS = List.of("x", "zero", "v0", "v1");
    private static final String OPERATIONS = Primitive.all().stream().map(Primitive::op).distinct()
            .collect(Collectors.joining(", "));
    private static final String INDEX_SETS = Stream.of(IndexSet.values()).map(IndexSet::over)
            .collect(Collectors.joining(", "));

    private GraphJson() {
    }

    /** @throws IllegalArgumentException in one line: the field, the value and what was expected */
    public static Layer read(String json) {
        var root = StrictJson.parse(json);
        StrictJson.requireKnown("", root, LAYER_FIELDS);
        var format = StrictJson.required("", root, "format", '"' + FORMAT + '"');
        if (!format.isString() || !format.stringValue().equals(FORMAT)) {
            throw wrong("format", format, '"' + FORMAT + '"');
        }
        var graph = readNodes(StrictJson.required("", root, "nodes", "a list of 1 to 64 nodes"), "nodes");
        return new Layer(graph, new Numerics(groups(root), epsilon(root)));
    }

    /**
     * Reads a layer file; its size is checked before anything is read.
     *
     * @throws IllegalArgumentException in one line: the file, the field, the value and what was expected
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Layer read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("layer file %s is %s, expected a regular file".formatted(file,
                    Files.exists(file) ? "a folder or a device" : "missing"));
        }
        try {
            return read(text(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer file %s: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("layer file %s cannot be read: %s".formatted(file, e), e);
        }
    }

    private static String text(Path file) throws IOException {
        long size = Files.size(file);
        if (size > StrictJson.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "it has %d bytes, expected at most %d".formatted(size, StrictJson.MAX_BYTES));
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(StrictJson.MAX_BYTES);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not text, expected JSON in UTF-8", e);
        }
    }

    /** The nodes of a graph from their JSON list, as they stand in a layer file. */
    public static LayerGraph readNodes(JsonNode list, String path) {
        if (!list.isArray() || list.isEmpty() || list.size() > LayerGraph.MAX_NODES) {
            throw wrong(path, list, "a list of 1 to %d nodes".formatted(LayerGraph.MAX_NODES));
        }
        var nodes = new ArrayList<Node>();
        for (var node : list) {
            nodes.add(node(node, "%s[%d]".formatted(path, nodes.size()), nodes.size()));
        }
        return new LayerGraph(nodes);
    }

    private static Node node(JsonNode json, String path, int earlier) {
        StrictJson.requireKnown(path, json, NODE_FIELDS);
        var op = operation(json, path);
        var list = StrictJson.required(path, json, "in", "a list of " + op.arity());
        if (!list.isArray() || list.size() != op.arity()) {
            throw wrong(path + ".in", list, "a list of %d for %s".formatted(op.arity(), op.op()));
        }
        var inputs = new ArrayList<Integer>();
        for (var input : list) {
            inputs.add(input(input, "%s.in[%d]".formatted(path, inputs.size()), earlier));
        }
        return new Node(op, inputs);
    }

    private static Primitive operation(JsonNode json, String path) {
        var name = StrictJson.required(path, json, "op", "one of " + OPERATIONS);
        var named = Primitive.all().stream().filter(p -> name.isString() && p.op().equals(name.stringValue())).toList();
        if (named.isEmpty()) {
            throw wrong(path + ".op", name, "one of " + OPERATIONS);
        }
        if (named.getFirst() instanceof Elementwise op) {
            if (json.has("over")) {
                throw wrong(path + ".over", json.get("over"), "no such field for " + op.op());
            }
            return op;
        }
        var over = StrictJson.required(path, json, "over", "one of " + INDEX_SETS);
        return named.stream().filter(p -> p instanceof Aggregation(var _, var set) && over.isString()
                && set.over().equals(over.stringValue())).findFirst()
                .orElseThrow(() -> wrong(path + ".over", over, "one of " + INDEX_SETS));
    }

    private static int input(JsonNode json, String path, int earlier) {
        var name = json.isString() ? json.stringValue() : "";
        int given = INPUTS.indexOf(name);
        if (given >= 0) {
            return given;
        }
        for (int k = 1; k <= earlier; k++) {
            if (name.equals("n" + k)) {
                return LayerGraph.INPUTS + k - 1;
            }
        }
        throw wrong(path, json, switch (earlier) {
            case 0 -> "x, zero, v0 or v1";
            case 1 -> "x, zero, v0, v1 or n1";
            default -> "x, zero, v0, v1 or n1 to n" + earlier;
        });
    }

    private static int groups(JsonNode root) {
        var groups = root.get("groups");
        if (groups == null) {
            return Numerics.DEFAULT.groups();
        }
        double number = groups.isNumber() ? groups.doubleValue(Double.NaN) : Double.NaN;
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) { // 32.0 is a whole number in JSON Schema
            throw wrong("groups", groups, "a whole number");
        }
        return (int) number;
    }

    private static double epsilon(JsonNode root) {
        var epsilon = root.get("epsilon");
        if (epsilon == null) {
            return Numerics.DEFAULT.epsilon();
        }
        if (!epsilon.isNumber()) {
            throw wrong("epsilon", epsilon, "a number");
        }
        return epsilon.doubleValue(Double.POSITIVE_INFINITY); // a whole number of more than 308 digits
    }

    /** One line a node, always the same text for the same layer; {@link #read(String)} gives it back equal. */
    public static String write(Layer layer) {
        var numerics = layer.numerics();
        var nodes = layer.graph().nodes().stream().map(node -> "  " + write(node)).collect(Collectors.joining(",\n"));
        return """
                {"format": "%s", "groups": %d, "epsilon": %s,
                 "nodes": [
                %s
                 ]}
                """.formatted(FORMAT, numerics.groups(), number(numerics.epsilon()), nodes);
    }

    /** The nodes of a graph as a JSON list on one line. */
    public static String writeNodes(LayerGraph graph) {
        return graph.nodes().stream().map(GraphJson::write).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String write(Node node) {
        var over = node.op() instanceof Aggregation(var _, var set)
                ? ", \"over\": \"%s\"".formatted(set.over())
                : "";
        var inputs = node.inputs().stream().map(i -> '"' + name(i) + '"').collect(Collectors.joining(", "));
        return "{\"op\": \"%s\"%s, \"in\": [%s]}".formatted(node.op().op(), over, inputs);
    }

    /** What an index is called in a layer file: {@code x}, {@code zero}, {@code v0}, {@code v1}, {@code n1} and so on. */
    public static String name(int index) {
        return index < LayerGraph.INPUTS ? INPUTS.get(index) : "n" + (index - LayerGraph.INPUTS + 1);
    }

    private static String number(double value) {
        return Double.toString(value).replace(".0E", "E").replace('E', 'e');
    }
}
