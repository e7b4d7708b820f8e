package dev.normforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GraphJsonRefusesBadLayersTest {

    private static final String S0 = """
            {"format": "normforge.layer/1", "groups": 32, "epsilon": 1e-5,
             "nodes": [{"op": "mul", "in": ["v1", "x"]}, {"op": "sigmoid", "in": ["n1"]}, {"op": "mul", "in": ["x", "n2"]},
                       {"op": "std", "over": "whc/g", "in": ["x"]}, {"op": "div", "in": ["n3", "n4"]}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void aGoodLayerIsRead() {
        var layer = GraphJson.read(S0);
        assertThat(layer.numerics()).isEqualTo(Numerics.DEFAULT);
        var simplifier = new Simplifier(layer.numerics());
        assertThat(simplifier.simplify(layer.graph()))
                .isEqualTo(simplifier.simplify(NamedLayers.find("evonorm-s0").orElseThrow()));
        assertThat(GraphJson.read(S0.replace("\"groups\": 32, \"epsilon\": 1e-5,", ""))).isEqualTo(layer);
    }

    @Test
    void whatIsWrittenIsReadBackEqual() throws IOException {
        var random = new SplittableRandom(71);
        for (int i = 0; i < 500; i++) {
            var layer = new Layer(RandomGraphs.draw(random, 1 + random.nextInt(LayerGraph.MAX_NODES)),
                    new Numerics(1 + random.nextInt(4096), Math.scalb(1 - random.nextDouble(), -random.nextInt(60))));
            var json = GraphJson.write(layer);
            assertThat(GraphJson.read(json)).isEqualTo(layer);
            assertThat(GraphJson.write(GraphJson.read(json))).isEqualTo(json);
        }
        var file = Files.writeString(folder.resolve("s0.json"), S0);
        assertThat(GraphJson.read(file)).isEqualTo(GraphJson.read(S0));
    }

    @Test
    void theWrittenFormStays() {
        assertThat(GraphJson.write(GraphJson.read(S0))).isEqualTo("""
                {"format": "normforge.layer/1", "groups": 32, "epsilon": 1e-5,
                 "nodes": [
                  {"op": "mul", "in": ["v1", "x"]},
                  {"op": "sigmoid", "in": ["n1"]},
                  {"op": "mul", "in": ["x", "n2"]},
                  {"op": "std", "over": "whc/g", "in": ["x"]},
                  {"op": "div", "in": ["n3", "n4"]}
                 ]}
                """);
    }

    @Test
    void eachMistakeIsNamed() {
        refuses("[\"n3\", \"n4\"]", "[\"n3\", \"n9\"]",
                "nodes[4].in[1] is \"n9\", expected x, zero, v0, v1 or n1 to n4");
        refuses("[\"n3\", \"n4\"]", "[\"n3\", \"n5\"]",
                "nodes[4].in[1] is \"n5\", expected x, zero, v0, v1 or n1 to n4");
        refuses("[\"v1\", \"x\"]", "[\"v1\", \"n1\"]", "nodes[0].in[1] is \"n1\", expected x, zero, v0 or v1");
        refuses("[\"v1\", \"x\"]", "[\"v1\", 0]", "nodes[0].in[1] is 0, expected x, zero, v0 or v1");
        refuses("[\"n1\"]", "[\"n2\"]", "nodes[1].in[0] is \"n2\", expected x, zero, v0, v1 or n1");
        refuses("[\"n1\"]", "[\"n01\"]", "nodes[1].in[0] is \"n01\", expected x, zero, v0, v1 or n1");
        refuses("[\"n1\"]", "[]", "nodes[1].in is a list of 0, expected a list of 1 for sigmoid");
        refuses("[\"n1\"]", "\"n1\"", "nodes[1].in is \"n1\", expected a list of 1 for sigmoid");
        refuses("sigmoid", "relu",
                "nodes[1].op is \"relu\", expected one of add, mul, div, max, neg, sigmoid, tanh, exp, log, abs, square,"
                        + " sqrt, mean, rms, std");
        refuses("\"over\": \"whc/g\", ", "", "nodes[3].over is missing, expected one of bwh, whc, wh, whc/g");
        refuses("whc/g", "hw", "nodes[3].over is \"hw\", expected one of bwh, whc, wh, whc/g");
        refuses("\"sigmoid\",", "\"sigmoid\", \"over\": \"wh\",",
                "nodes[1].over is \"wh\", expected no such field for sigmoid");
        refuses("\"sigmoid\",", "\"sigmoid\", \"name\": \"s\",",
                "nodes[1].name is unknown, expected one of op, over, in");
        refuses("layer/1", "layer/2", "format is \"normforge.layer/2\", expected \"normforge.layer/1\"");
        refuses("\"format\": \"normforge.layer/1\", ", "", "format is missing, expected \"normforge.layer/1\"");
        refuses("\"groups\": 32", "\"groups\": 0", "groups is 0, expected 1 to 4096");
        refuses("\"groups\": 32", "\"groups\": 2.5", "groups is 2.5, expected a whole number");
        refuses("\"groups\": 32", "\"groups\": null", "groups is null, expected a whole number");
        refuses("1e-5", "0", "epsilon is 0.0, expected above 0 and at most 1");
        refuses("1e-5", "1e999", "epsilon is Infinity, expected above 0 and at most 1");
        refuses("1e-5", "9".repeat(400), "epsilon is Infinity, expected above 0 and at most 1");
        refuses("1e-5", "\"small\"", "epsilon is \"small\", expected a number");
        refuses("{\"op\": \"sigmoid\", \"in\": [\"n1\"]}", "7", "nodes[1] is 7, expected an object with op, over, in");
        assertRefused("{\"format\": \"normforge.layer/1\", \"nodes\": []}",
                "nodes is a list of 0, expected a list of 1 to 64 nodes");
        assertRefused("{\"format\": \"normforge.layer/1\"}", "nodes is missing, expected a list of 1 to 64 nodes");
        assertRefused("[]", "the document is a list of 0, expected an object with format, groups, epsilon, nodes");
        assertRefused("", "JSON is empty, expected an object");
        refuses("\"groups\": 32", "\"groups\": 32, \"groups\": 32",
                "JSON is malformed at line 1, column 55, expected a well-formed document: Duplicate Object property \"groups\"");
        refuses("sigmoid", "s".repeat(5000),
                "nodes[1].op is \"" + "s".repeat(40) + "… (5000 characters)\", expected one"
                        + " of add, mul, div, max, neg, sigmoid, tanh, exp, log, abs, square, sqrt, mean, rms, std");
    }

    @Test
    void sixtyFiveNodesAreTooMany() {
        var node = "{\"op\": \"neg\", \"in\": [\"x\"]}";
        assertRefused("{\"format\": \"normforge.layer/1\", \"nodes\": [%s]}".formatted(String.join(",",
                Collections.nCopies(65, node))), "nodes is a list of 65, expected a list of 1 to 64 nodes");
    }

    @Test
    @Timeout(20)
    void hostileFilesAreRefusedFastAndInOneLine() throws IOException {
        var huge = folder.resolve("huge.json");
        try (var sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(100_000_000);
        }
        var node = "{\"op\": \"neg\", \"in\": [\"x\"]},";
        var files = List.of(huge, write("million.json", "{\"nodes\": [" + node.repeat(1_000_000)),
                write("thousands.json", "{\"nodes\": [" + node.repeat(30_000) + "0]}"),
                write("deep.json", "[".repeat(100_000)),
                write("deepObjects.json", "{\"nodes\":".repeat(100_000)), write("number.json", "1".repeat(900_000)),
                write("name.json", "{\"" + "a".repeat(900_000) + "\": 1}"), write("zeros.json", "\0".repeat(1000)),
                Files.write(folder.resolve("binary.json"), new byte[]{(byte) 0xff, (byte) 0xfe, 0, 1}),
                Files.createDirectory(folder.resolve("folder.json")), folder.resolve("missing.json"),
                Path.of("/dev/zero"));
        for (var file : files) {
            long before = System.nanoTime();
            assertThatThrownBy(() -> GraphJson.read(file)).isInstanceOf(IllegalArgumentException.class).message()
                    .startsWith("layer file " + file).contains("expected").doesNotContain("\n").hasSizeLessThan(400);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void refuses(String right, String wrong, String message) {
        assertThat(S0).contains(right);
        assertRefused(S0.replace(right, wrong), message);
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> GraphJson.read(json)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
