package dev.normforge.comparison.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.SampleComparison;
import dev.normforge.graph.Formula;
import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.ProtocolJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonFilesAreHalfReplacedTest {

    @TempDir
    private Path folder;

    private static ComparisonResult sweep() {
        return SampleComparison.of("bn-relu", "gn-relu").batches(2, 32).withThreeCurves().withCurves()
                .expecting("ahead", SampleComparison.part(1, "bn-relu", null))
                .scoring((cell, seed) -> seed == 12 && cell.batch() == 2 ? -1 : 0.4);
    }

    private static ComparisonResult single() {
        return SampleComparison.of("bn-relu").anchors("resnet").scoring((_, seed) -> 0.3 + 0.01 * (seed - 11));
    }

    private TreeMap<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.walk(folder)) {
            for (var file : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void everythingStandsAndReadsBack() throws IOException {
        var written = ComparisonFiles.write(sweep(), folder.resolve("new/out"));
        folder = folder.resolve("new/out");
        assertThat(written.getFirst()).isEqualTo(folder.resolve("comparison.md")).isRegularFile();
        assertThat(written).allSatisfy(file -> assertThat(file).isRegularFile());
        assertThat(files()).containsKeys("cells.csv", "curves.csv", "spec.json", "comparison.json",
                "plots/score-by-batch-mean.svg").containsKey(Manifest.FILE).hasSize(written.size() + 1);
        assertThat(ProtocolJson.read(Files.readString(folder.resolve("comparison.json")), ComparisonResult.class))
                .isEqualTo(sweep());
        assertThat(ProtocolJson.read(Files.readString(folder.resolve("spec.json")), ComparisonSpec.class))
                .isEqualTo(sweep().spec());
    }

    @Test
    void thePageNamesEveryChartThatIsThere() throws IOException {
        ComparisonFiles.write(sweep(), folder);
        var files = files();
        var charts = files.keySet().stream().filter(name -> name.startsWith("plots/")).toList();
        assertThat(charts).isNotEmpty().allSatisfy(
                name -> assertThat(files.get("comparison.md")).containsOnlyOnce("](%s)".formatted(name)));
    }

    /** Whoever likes a row of a table must be able to take the layer home. */
    @Test
    void aRandomLayerStandsThereAsAFileThatReadsBack() throws IOException {
        var result = SampleComparison.of("bn-relu").random(12).anchors("resnet").scoring((_, _) -> 0.2);
        ComparisonFiles.write(result, folder);
        var files = files();
        assertThat(files).containsKey("layers/random-12.json").doesNotContainKey("layers/bn-relu.json");
        var seven = GraphJson.read(folder.resolve("layers/random-7.json"));
        assertThat(files.get("layers.csv")).contains(",random-7,").contains(
                Formula.of(new Simplifier(seven.numerics()).simplify(seven.graph())));
        assertThat(files.get("comparison.md")).contains("| bn-relu | `max(").contains("12 random layers more");
    }

    @Test
    void aFileThatSomebodyHasChangedIsNotReplaced() throws IOException {
        ComparisonFiles.write(sweep(), folder);
        Files.writeString(folder.resolve("comparison.md"), "my remark");
        assertThatThrownBy(() -> ComparisonFiles.check(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining("comparison.md is there, and somebody has changed it");
        assertThatThrownBy(() -> ComparisonFiles.write(sweep(), folder)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("comparison.md")).hasContent("my remark");
    }

    @Test
    void theSameResultIsTheSameFiles() throws IOException {
        ComparisonFiles.write(sweep(), folder);
        var once = files();
        ComparisonFiles.write(sweep(), folder);
        assertThat(files()).isEqualTo(once);
    }

    @Test
    void chartsOfTheComparisonBeforeGoUnlessSomebodyChangedThem() throws IOException {
        ComparisonFiles.write(sweep(), folder);
        Files.writeString(folder.resolve("plots/score-by-batch-mean.svg"), "<svg/>");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        ComparisonFiles.write(single(), folder);
        assertThat(files()).containsKeys("notes.txt", "plots/score-by-batch-mean.svg", "comparison.md")
                .doesNotContainKeys("plots/score-by-batch-resnet.svg", "plots/curves-resnet.svg");
        assertThat(files().get("comparison.json")).isEqualTo(ProtocolJson.write(single()) + "\n");
    }

    @Test
    void filesOfSomebodyElseAreNotWrittenOver() throws IOException {
        Files.writeString(folder.resolve("cells.csv"), "mine");
        assertThatThrownBy(() -> ComparisonFiles.check(folder)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "out is " + folder + ", expected a folder that a comparison can be written to: ")
                .hasMessageEndingWith("cells.csv is there, and no comparison wrote it");
        assertThatThrownBy(() -> ComparisonFiles.write(single(), folder)).isInstanceOf(IOException.class);
        assertThat(files()).containsOnlyKeys("cells.csv").containsValue("mine");
    }

    @Test
    void aFileInPlaceOfAFolderIsRefusedAndNothingIsLeft() throws IOException {
        Files.writeString(folder.resolve("plots"), "mine");
        assertThatThrownBy(() -> ComparisonFiles.write(single(), folder))
                .hasMessageContaining("plots is there, and is a file");
        assertThat(files().keySet()).containsExactlyInAnyOrder("plots", Manifest.FILE);
        assertThatThrownBy(() -> ComparisonFiles.check(folder.resolve("plots"))).hasMessageContaining("is a file");
    }

    /** What a process that was killed between its moves leaves: some files new, some parts, no result. */
    @Test
    void whatAKilledProcessLeftIsClearedAway() throws IOException {
        ComparisonFiles.write(sweep(), folder);
        Files.delete(folder.resolve("comparison.json"));
        Files.writeString(folder.resolve("plots/.score-by-batch-resnet.svg.part"), "<sv");
        Files.writeString(folder.resolve(".comparison.md.part"), "# Com");
        ComparisonFiles.check(folder);
        ComparisonFiles.write(single(), folder);
        assertThat(files().keySet()).noneMatch(name -> name.endsWith(".part")).contains("comparison.json")
                .doesNotContain("plots/score-by-batch-resnet.svg");
    }

    /** The list of files stands where anybody may change it: it must not name what lies outside. */
    @Test
    void aForgedListDeletesNothingElsewhere() throws IOException {
        var outside = Files.writeString(folder.resolve("outside.txt"), "");
        var out = Files.createDirectory(folder.resolve("out"));
        var empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Files.writeString(out.resolve(Manifest.FILE),
                "%s ../outside.txt\n%s /etc/x.txt\nnonsense\n".formatted(empty, empty));
        ComparisonFiles.write(single(), out);
        assertThat(outside).exists();
        assertThat(Manifest.in(out).names("../outside.txt")).isFalse();
        assertThat(List.copyOf(Manifest.in(out).written().keySet())).contains("comparison.json");
    }
}
