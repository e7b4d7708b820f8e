package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong is named in one line, with an exit code for scripts, and nothing is left behind. */
class BadInputIsRefusedTest {

    @TempDir
    private Path folder;

    private static String layer(String nodes) {
        return "{\"format\": \"normforge.layer/1\", \"groups\": 32, \"epsilon\": 1e-5, \"nodes\": [" + nodes + "]}";
    }

    static Stream<Arguments> layers() {
        var node = "{\"op\": \"tanh\", \"in\": [\"x\"]}";
        return Stream.of(Arguments.of("", "layer.json"), Arguments.of("{\"format\": ", "layer.json"),
                Arguments.of(layer("{\"op\": \"cosh\", \"in\": [\"x\"]}"), "cosh"),
                Arguments.of(layer("{\"op\": \"tanh\", \"in\": [\"n1\"]}"), "n1"),
                Arguments.of(layer(node + ("," + node).repeat(1_000_000)), "bytes"),
                Arguments.of(layer(node + ("," + node).repeat(64)), "64"),
                Arguments.of("[".repeat(900_000), "layer.json"));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aLayerFileThatIsNoLayer(String json, String named) throws Exception {
        Files.writeString(folder.resolve("layer.json"), json);

        assertRefused(CommandRun.normforge(folder, "show", "layer.json"), 1, named);
    }

    @Test
    void aLayerFileOfAHundredMegabytes() throws Exception {
        try (var file = new RandomAccessFile(folder.resolve("layer.json").toFile(), "rw")) {
            file.setLength(100_000_000);
        }

        assertRefused(CommandRun.normforge(folder, "show", "layer.json"), 1, "100000000");
    }

    @Test
    void aWorkerCommandsUsage() throws Exception {
        assertRefused(CommandRun.normforge(folder, "evaluate"), 2, "LAYER");
        assertRefused(CommandRun.normforge(folder, "evaluate", "relu", "--seed", "one"), 2, "--seed");
        assertRefused(CommandRun.normforge(folder, "evaluate", "rleu"), 1, "rleu");
    }

    @Test
    void aSpecificationWithAnUnknownField() throws Exception {
        Files.writeString(folder.resolve("spec.json"), "{\"strategy\": {\"windw\": 3}}");

        assertRefused(CommandRun.normforge(folder, "search", "--spec", "spec.json", "--home", "home"), 1, "windw");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void imagesThatAreNotThereOrCutOff() throws Exception {
        var images = Files.createDirectories(folder.resolve("images"));
        assertRefused(search(Map.of("CIFAR10_DIR", images.toString()), "--out", "out-1"), 1, images.toString());

        Files.write(images.resolve("data_batch_1.bin"), new byte[1000]);
        assertRefused(search(Map.of("CIFAR10_DIR", images.toString()), "--out", "out-2"), 1, "data_batch_1.bin");
        assertThat(folder.resolve("out-2").resolve("report.json")).doesNotExist();
    }

    @Test
    void aPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());

            assertRefused(search(Map.of(), "--data", "synthetic", "--port", port), 1, "--port is " + port);
        }
    }

    @Test
    void foldersThatCannotBeWritten() throws Exception {
        Files.createFile(folder.resolve("file"));

        assertRefused(search(Map.of(), "--data", "synthetic", "--out", "file"), 1, "file");
        assertRefused(
                CommandRun.normforge(folder, "search", "--preset", "smoke", "--data", "synthetic", "--home", "file"),
                1, "--home");
    }

    @Test
    void aDatabaseThatIsDown() throws Exception {
        var url = "jdbc:postgresql://127.0.0.1:1/normforge";

        assertRefused(CommandRun.normforge(folder, "serve", "--database", url, "--home", "home", "--port", "0"), 1,
                url);
        assertRefused(CommandRun.normforge(folder, "worker", "--database", url), 1, "127.0.0.1:1");
    }

    private CommandRun search(Map<String, String> environment, String... more) throws Exception {
        var arguments = Stream.concat(Stream.of("search", "--preset", "smoke", "--home", "home"), Stream.of(more));
        return CommandRun.normforge(folder, environment, arguments.toArray(String[]::new));
    }

    private static void assertRefused(CommandRun run, int exit, String named) {
        assertThat(run.exit()).as(run.toString()).isEqualTo(exit);
        assertThat(run.err().strip().lines()).as(run.err())
                .anySatisfy(line -> assertThat(line).contains(named).hasSizeLessThan(600));
        assertThat(run.err().strip().lines()).as(run.err()).hasSizeLessThan(3);
        assertThat(run.err() + run.out()).doesNotContain("\tat ", "Exception in thread");
    }
}
