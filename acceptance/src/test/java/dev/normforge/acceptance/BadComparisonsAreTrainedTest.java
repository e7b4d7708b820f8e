package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be compared is refused in one line that says what and why, before a file or a database is made. */
class BadComparisonsAreTrainedTest {

    @TempDir
    private Path folder;

    /** Options beside {@code --data synthetic}, and what the line says: whose fault, the value, what was expected. */
    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("--layers gn-relu,evonorm-s0 --batch-sizes 8 --normalization-batch 2,4",
                        "--normalization-batch is [2, 4]",
                        "expected none: no layer uses statistics over the batch (gn-relu, evonorm-s0)"),
                wrong("--layers bn-relu --batch-sizes 8,16 --normalization-batch 3", "--normalization-batch is 3",
                        "expected a divisor of each batch: batch 8 cannot be cut into parts of 3"),
                wrong("--layers bn-relu --batch-sizes 32,8 --normalization-batch 16",
                        "--normalization-batch is 16", "batch 8 has no 16 images to see together"),
                wrong("--layers gn-relu --statistics estimated", "--statistics is [estimated-0.1]",
                        "no layer takes statistics over the batch from there (gn-relu)"),
                wrong("--layers bn-rleu", "--layers is bn-rleu", "expected a layer file or one of bn-relu"),
                wrong("--layers ,bn-relu", "--layers is empty,", "expected a layer file or one of bn-relu"),
                wrong("--layers bn-relu,bn-relu", "--layers: layers[1].name is bn-relu",
                        "expected a label that no other"),
                wrong("--layers bn-relu --anchors resnet,renset", "--anchors is renset", "expected some of resnet"),
                wrong("--layers bn-relu --statistics moving:x", "--statistics", "number after the colon, not moving:x"),
                wrong("--layers bn-relu --seeds 0", "--seeds is 0", "expected 1 to 100"),
                wrong("--layers bn-relu --batch-sizes 0", "--batch-sizes is 0", "expected 1 to 8192"),
                wrong("--layers bn-relu --images 0", "--images is 0", "expected at least 1"),
                wrong("--layers bn-relu --weight-standardization half", "--weight-standardization is half",
                        "expected off, on (which is ws) or one of ws, bcn, tf, timm"),
                wrong("--layers bn-relu --corruptions fog", "--corruptions is fog", "noise-light"),
                wrong("--layers bn-relu --adapt", "--adapt is true", "without grid.corruptions"),
                wrong("--layers bn-relu --statistics precise:1.5", "--statistics", "whole number after the colon"),
                wrong("--layers bn-relu --statistics moving,moving:0.9", "--statistics is [moving-0.9, moving-0.9]",
                        "each value once"),
                wrong("--layers bn-relu --learning-rate -1", "--learning-rate is -1.0", "expected "),
                wrong("--layers bn-relu --random-layers -1", "--random-layers is -1", "expected 1 to 10000"),
                wrong("--layers bn-relu --images 2147483647 --batch-sizes 1", "--images: ", "expected "),
                wrong("--layers bn-relu --reference-batch 32 --constant-rate", "--reference-batch is 32",
                        "expected none beside --constant-rate"),
                wrong("batch-sizes", "comparison is \"batch-sizes\"", "expected one of batch-size, "),
                wrong("batch-size --preset smoke", "--preset is smoke", "expected none beside a comparison"));
    }

    private static Arguments wrong(String options, String subject, String reason) {
        return Arguments.of(options, subject, reason);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongUsage(String options, String subject, String reason) throws Exception {
        assertRefused(2, List.of(options.split(" ")), subject, reason);
    }

    static Stream<Arguments> broken() {
        return Stream.of(Arguments.of("", "JSON is empty, expected an object"),
                Arguments.of("{\"format\": ", "JSON is malformed at line 1"),
                Arguments.of("{\"layer\": \"bn-relu\"}", "expected"),
                Arguments.of(
                        """
                                {"format": "normforge.layer/1", "groups": 4, "epsilon": 1e-5, "nodes": [{"op": "cosh", "in": ["x"]}]}
                                """,
                        "cosh"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aLayerFileThatIsNoLayer(String json, String reason) throws Exception {
        Files.writeString(folder.resolve("layer.json"), json);

        assertRefused(2, List.of("--layers", "bn-relu,layer.json"), "--layers: layer file layer.json", reason);
    }

    @Test
    void aTransferOfNothing() throws Exception {
        for (var arguments : List.of(List.of("report", "none", "--transfer", "--seeds", "0"),
                List.of("report", "none", "--transfer", "--layers", "0"))) {
            var run = CommandRun.normforge(folder, Stream.concat(arguments.stream(), Stream.of("--home", "home"))
                    .toArray(String[]::new));
            assertOneLine(run, 2, arguments.get(3) + " is 0", "expected ");
            assertThat(folder.resolve("home")).doesNotExist();
        }
    }

    @Test
    void optionsOfATransferThatNobodyAskedFor() throws Exception {
        var run = CommandRun.normforge(folder, "report", "none", "--seeds", "2", "--home", "home");
        assertOneLine(run, 2, "--seeds is given", "expected --transfer with it");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    private void assertRefused(int exit, List<String> options, String subject, String reason) throws Exception {
        var before = files();
        var run = CommandRun.normforge(folder, Stream.concat(
                Stream.of("compare", "--data", "synthetic", "--home", "home", "--out", "files"), options.stream())
                .toArray(String[]::new));
        assertOneLine(run, exit, subject, reason);
        assertThat(files()).containsExactlyInAnyOrderElementsOf(
                Stream.concat(before.stream(), Stream.of("out", "err")).distinct().toList());
    }

    private static void assertOneLine(CommandRun run, int exit, String subject, String reason) {
        assertThat(run.exit()).as(run.toString()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip()).hasLineCount(1).contains(subject, reason)
                .doesNotContain("Exception", "NORMFORGE_DEBUG").hasSizeLessThan(600);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
