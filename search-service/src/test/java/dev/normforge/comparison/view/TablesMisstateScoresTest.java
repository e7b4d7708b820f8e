package dev.normforge.comparison.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.SampleComparison;
import dev.normforge.comparison.plot.Plots;
import dev.normforge.protocol.BatchStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TablesMisstateScoresTest {

    private static List<String> markdown(ComparisonResult result) {
        return ComparisonMarkdown.of(result, List.of()).lines().toList();
    }

    /**
     * By hand: 40, 41, 42 % have mean 41.0 and deviation 1.0; 30.2, 31.0, 31.8 % have 31.0 and 0.8; the differences 9.8, 10.0 and
     * 10.2 have t = 86.6.
     */
    private static ComparisonResult known() {
        return SampleComparison.of("bn-relu", "gn-relu").anchors("resnet").batches(2, 32)
                .scoring((cell, seed) -> cell.batch() == 2 || cell.layer().equals("bn-relu")
                        ? 0.40 + 0.01 * (seed - 11)
                        : 0.302 + 0.008 * (seed - 11));
    }

    @Test
    void meansDeviationsAndTheBestAreThoseComputedByHand() {
        assertThat(ComparisonText.lines(known())).containsSequence(
                "resnet: accuracy in %, mean +- standard deviation over seeds, * best",
                "  batch     2             32",
                "  bn-relu   41.0 +- 1.0  *41.0 +- 1.0",
                "  gn-relu   41.0 +- 1.0   31.0 +- 0.8",
                "  The best of a column is marked where a paired t-test over common seeds tells it from each other layer "
                        + "of the column (two-sided, 5 %, Holm's correction over these).");
        assertThat(markdown(known())).containsSequence("| layer | 2 | 32 |", "|---|---|---|",
                "| bn-relu | 41.0 ± 1.0 | **41.0 ± 1.0** |", "| gn-relu | 41.0 ± 1.0 | 31.0 ± 0.8 |");
    }

    @Test
    void whatDoesNotVaryIsSaidOnceAboveAndHowTheImagesAreShared() {
        assertThat(ComparisonText.lines(known())).startsWith("comparison sample-1 (sample)",
                "  cifar10, 16x16 pixels, scored on 5,000 confirm images",
                "  every training sees 5,120 images; learning rate 0.1 at batch 64, elsewhere in proportion to the batch",
                "  3 seeds (11 to 13), the same for all layers",
                "  layers see whole batches, no weight standardization, statistics precise-1024, shuffled batches, clean "
                        + "images",
                "  All layers are scored on the same images: the noise of that choice (one standard error of a score is "
                        + "about 0.7 points) is largely shared by "
                        + "all of them and not part of +-.");
    }

    @Test
    void oneSeedHasNoDeviationAndMarksNothing() {
        var lines = ComparisonText.lines(SampleComparison.of("bn-relu", "gn-relu").anchors("resnet").seeds(1)
                .scoring((cell, _) -> cell.layer().equals("bn-relu") ? 0.4 : 0.3));
        assertThat(lines).containsSequence("resnet: accuracy in %", "  bn-relu   40.0", "  gn-relu   30.0",
                "  No layer is marked: one seed does not tell how much another would differ.");
        assertThat(lines).noneMatch(line -> line.contains("*"));
    }

    @Test
    void missingPartialAndDivergedRunsAreShownAsSuch() {
        var lines = ComparisonText.lines(SampleComparison.of("bn-relu", "gn-relu", "frn-tlu", "brn-relu")
                .anchors("resnet").scoring((cell, seed) -> switch (cell.layer()) {
                    case "gn-relu" -> seed == 13 ? Double.NaN : 0.3;
                    case "frn-tlu" -> Double.NaN;
                    case "brn-relu" -> seed == 11 ? -1 : 0.2;
                    default -> 0.4;
                }));
        assertThat(lines).contains("  Incomplete: 8 of 12 numbers are there.", "  bn-relu    40.0 +- 0.0",
                "  gn-relu    30.0 +- 0.0 (2 of 3)", "  frn-tlu    -", "  brn-relu   13.3 +- 11.5 !",
                "  Not trained: frn-tlu in resnet.", "  Diverged: brn-relu in resnet: 1 of 3 seeds.",
                "  With !: a training diverged and counts as nothing right.");
    }

    @Test
    void reasonsOfFailuresStandUnderTheTable() {
        var some = SampleComparison.of("bn-relu").anchors("resnet").scoring((_, _) -> Double.NaN);
        var failed = new ComparisonResult(some.name(), some.spec(),
                some.cells().stream().map(cell -> new CellResult(cell.cell(), 0, List.of(),
                        List.of(new CellResult.Failed(11, "lost 10\nworkers")))).toList(),
                1, List.of());
        assertThat(ComparisonText.lines(failed)).contains("  Failed: bn-relu in resnet: seed 11: lost 10 workers.");
        assertThat(markdown(failed)).contains("- Failed: bn-relu in resnet: seed 11: lost 10 workers.",
                "| bn-relu | – |");
    }

    @Test
    void cellsThatMeanTheSameAreMarked() {
        var lines = ComparisonText.lines(SampleComparison.of("gn-relu").anchors("resnet")
                .statistics(new BatchStatistics.Moving(0.9), new BatchStatistics.Precise(64))
                .scoring((_, seed) -> 0.4 + 0.01 * (seed - 11)));
        assertThat(lines).containsSequence("  statistics   moving-0.9    precise-64",
                "  gn-relu      41.0 +- 1.0   41.0 +- 1.0 =",
                "  With =: the training and the counts of a cell before, for it means the same.");
    }

    @Test
    void decibelStandApartFromAccuracy() {
        var lines = ComparisonText.lines(SampleComparison.of("bn-relu").anchors("resnet", "vgg", "unet")
                .scoring((cell, seed) -> cell.anchor().equals("unet") ? 28 + 0.25 * (seed - 11) : 0.4));
        assertThat(lines).containsSequence("unet: PSNR in dB, mean +- standard deviation over seeds",
                "  bn-relu   28.25 +- 0.25");
        assertThat(lines).anyMatch(line -> line.startsWith("mean over 2 anchors: accuracy"));
    }

    @Test
    void wideGridsAreCutBetweenGroupsAndNoLineIsTooLong() {
        var result = SampleComparison.of("bn-relu", "gn-relu").anchors("resnet").batches(2, 8, 32, 128)
                .statistics(new BatchStatistics.Moving(0.9), new BatchStatistics.Moving(0.99),
                        new BatchStatistics.Precise(1024))
                .scoring((_, seed) -> 0.4 + 0.01 * (seed - 11));
        var table = ComparisonText.lines(result).stream().dropWhile(line -> !line.startsWith("resnet")).skip(1)
                .takeWhile(line -> !line.startsWith("size")).filter(line -> !line.endsWith(".")).toList();
        assertThat(table).allMatch(line -> line.length() <= 116);
        assertThat(table.stream().filter(line -> line.startsWith("  batch"))).hasSize(2);
        assertThat(table.stream().filter(line -> line.startsWith("  statistics")))
                .allMatch(line -> line.replaceAll(" +", " ")
                        .startsWith(" statistics moving-0.9 moving-0.99 precise-1024"));
        assertThat(markdown(result).stream().filter(line -> line.startsWith("| layer | ") && line.contains("moving")))
                .hasSize(2).allMatch(line -> line.chars().filter(letter -> letter == '|').count() <= 10);
    }

    @Test
    void aCrowdOfRandomLayersIsOneRow() {
        var result = SampleComparison.of("bn-relu").random(11).anchors("resnet").seeds(1)
                .scoring((cell, _) -> cell.layer().equals("bn-relu")
                        ? 0.4
                        : 0.01 * Integer.parseInt(cell.layer().substring("random-".length())));
        assertThat(ComparisonText.lines(result)).contains("  11 random   6.0, best 11.0",
                "  Random layers: median and best of their means, outside of the test; each is in cells.csv.");
    }

    @Test
    void sizesAreExact() {
        assertThat(ComparisonText.lines(known())).containsSequence(
                "size: parameters, and FLOPs of one image's forward pass; in brackets, of these, the layers'",
                "           resnet",
                "           parameters   FLOPs",
                "  bn-relu  8,224 (824)  544,000 (244,000)");
        assertThat(markdown(known())).contains("| layer | resnet parameters | resnet FLOPs |",
                "| bn-relu | 8,224 (824) | 544,000 (244,000) |");
    }

    @Test
    void everyFindingHasOneSentenceAndStandsBesideItsPublication() {
        double[] noise = {0.001, -0.001, 0};
        var result = SampleComparison.of("bn-relu", "gn-relu").anchors("resnet")
                .expecting("BN | is *ahead*", SampleComparison.part(1, "bn-relu", 32),
                        SampleComparison.part(-1, "gn-relu", 32))
                .scoring((cell, seed) -> cell.layer().equals("bn-relu") ? 0.45 + noise[(int) seed - 11] : 0.40);
        assertThat(ComparisonText.sentences(result)).containsExactly(
                "as published: BN | is *ahead*: +5.0 points (95 % interval +4.8 to +5.2, 3 seeds)");
        assertThat(markdown(result)).contains(
                "| BN \\| is \\*ahead\\* | +5.0 points (95 % interval +4.8 to +5.2, 3 seeds) | as published |");
    }

    @Test
    void aStandInForTheDataIsCalledOne() {
        assertThat(ComparisonText.lines(SampleComparison.of("bn-relu").synthetic().scoring((_, _) -> 0.4)))
                .contains(
                        "  synthetic images (a stand-in, not CIFAR-10), 16x16 pixels, scored on 5,000 confirm images");
    }

    @Test
    void theTableOfTwoThousandRandomLayersTakesNoMinute() {
        var result = SampleComparison.of("bn-relu").random(2000).seeds(1)
                .scoring((cell, _) -> 0.1 + 0.001 * (cell.layer().hashCode() & 255));
        assertThat(IntStream.of(ComparisonText.lines(result).size(), Plots.of(result).size()))
                .allMatch(size -> size > 0 && size < 60);
    }
}
