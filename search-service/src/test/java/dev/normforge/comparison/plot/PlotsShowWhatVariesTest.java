package dev.normforge.comparison.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.chart.Svg;
import dev.normforge.comparison.Cell;
import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.Run;
import dev.normforge.comparison.SampleComparison;
import dev.normforge.protocol.AnchorScore.CurvePoint;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlotsShowWhatVariesTest {

    private static final BatchStatistics MOVING = new BatchStatistics.Moving(0.9);
    private static final BatchStatistics PRECISE = new BatchStatistics.Precise(1024);

    /** Something that depends on every dimension. */
    private static double score(Cell cell, long seed) {
        double noise = new Random(31L * cell.hashCode() + Arrays.hashCode(cell.statistics().toCharArray()) + seed)
                .nextGaussian();
        return cell.anchor().contains("unet")
                ? 28 + noise
                : Math.clamp(0.3 + 0.02 * Math.log(cell.normalizationBatch()) + 0.02 * noise, 0.02, 0.9);
    }

    private static List<String> names(ComparisonResult result) {
        return Plots.of(result).stream().map(Plot::name).toList();
    }

    private static SampleComparison sweep() {
        return SampleComparison.of("bn-relu", "gn-relu", "evonorm-s0").batches(2, 8, 32, 128)
                .statistics(MOVING, PRECISE).withCurves();
    }

    private static SampleComparison threeCurves() {
        return SampleComparison.of("bn-relu", "evonorm-b0").normalizationBatches(2, 8, 32).withThreeCurves();
    }

    private static SampleComparison statistics() {
        return SampleComparison.of("bn-relu").anchors("resnet").statistics(new BatchStatistics.Moving(0.5), MOVING,
                new BatchStatistics.Moving(0.999), new BatchStatistics.Precise(16), PRECISE);
    }

    private static SampleComparison random() {
        return SampleComparison.of("bn-relu", "affine-relu").random(60).seeds(1);
    }

    private static SampleComparison corruptions() {
        return SampleComparison.of("bn-relu", "gn-relu").anchors("resnet").corruptions(true, "none", "noise-light",
                "blur-heavy", "contrast-medium");
    }

    private static SampleComparison transfer() {
        return SampleComparison.of("bn-relu", "gn-relu", "evonorm-s0", "frn-tlu", "hin-leaky", "bn-silu", "gn-silu",
                "a-layer-with-a-name-as-long-as-names-may-be-of-sixty-letters", "evonorm-b0").withCurves()
                .anchors("vgg-plain", "densenet-of-some-width", "resnet-deep", "denoising-unet", "doubling-unet");
    }

    private static SampleComparison longNames() {
        return SampleComparison.of("bn-relu", "a-layer-with-a-name-as-long-as-names-may-be-of-sixty-letters")
                .anchors("an-anchor-whose-name-has-32-lett", "resnet").random(8).normalizationBatches(2, 32)
                .weights("off", "ws").statistics(MOVING, PRECISE, new BatchStatistics.Precise(64)).withThreeCurves();
    }

    private static SampleComparison named() {
        return SampleComparison.of("bn-relu", "gn-relu").anchors("resnet").weights("off", "ws")
                .orders(BatchOrder.SHUFFLED, BatchOrder.BY_CLASS);
    }

    static Stream<ComparisonResult> all() {
        return Stream
                .of(sweep(), threeCurves(), statistics(), random(), corruptions(), transfer(), named(), longNames(),
                        SampleComparison.of("bn-relu", "gn-relu").seeds(1).corruptions(false, "none", "noise-heavy"),
                        SampleComparison.of("bn-relu"))
                .map(sample -> sample.scoring(PlotsShowWhatVariesTest::score));
    }

    @Test
    void batchesAreSweptForEveryAnchorAndTheirMean() {
        assertThat(names(sweep().scoring(PlotsShowWhatVariesTest::score))).contains("score-by-batch-mean",
                "score-by-batch-resnet", "score-by-batch-mobilenetv2", "score-by-batch-efficientnet",
                "statistics-by-batch-mean", "score-by-size", "score-by-anchor", "curves-resnet-1", "curves-resnet-2")
                .doesNotContain("curves-mean").noneMatch(name -> name.startsWith("three-errors"));
    }

    @Test
    void normalizationBatchesHaveTheThreeErrors() {
        assertThat(names(threeCurves().scoring(PlotsShowWhatVariesTest::score))).contains(
                "score-by-normalization-batch-mean", "three-errors-by-normalization-batch-mean",
                "three-errors-by-normalization-batch-resnet").noneMatch(name -> name.contains("by-batch"));
    }

    /** They would be drawn as population statistics, which they are not. */
    @Test
    void theTestBatchsOwnStatisticsAreNoThirdError() {
        var both = threeCurves().statistics(PRECISE, new BatchStatistics.OfTheTestBatch())
                .scoring(PlotsShowWhatVariesTest::score);
        assertThat(
                Plots.of(both).stream().filter(plot -> plot.name().equals("three-errors-by-normalization-batch-mean")))
                .singleElement()
                .satisfies(plot -> assertThat(Svg.of(plot.svg()).texts().stream().map(Svg.Written::text))
                        .contains("bn-relu, statistics precise-1024").noneMatch(text -> text.contains("test-batch")));
        var alone = threeCurves().statistics(new BatchStatistics.OfTheTestBatch());
        assertThat(names(alone.scoring(PlotsShowWhatVariesTest::score)))
                .contains("score-by-normalization-batch-mean").noneMatch(name -> name.startsWith("three-errors"));
    }

    @Test
    void statisticsAreDrawnByTheirNumbers() {
        assertThat(names(statistics().scoring(PlotsShowWhatVariesTest::score)))
                .contains("score-by-decay-resnet", "score-by-precise-images-resnet", "score-by-statistics-resnet");
        var images = SampleComparison.of("bn-relu").anchors("resnet").statistics(new BatchStatistics.Precise(16),
                PRECISE);
        assertThat(names(images.scoring(PlotsShowWhatVariesTest::score))).contains("score-by-precise-images-resnet")
                .doesNotContain("score-by-statistics-resnet");
    }

    @Test
    void randomLayersAreACrowd() {
        assertThat(names(random().scoring(PlotsShowWhatVariesTest::score))).contains("random-histogram",
                "random-scatter");
        assertThat(names(random().anchors("resnet").scoring(PlotsShowWhatVariesTest::score)))
                .contains("random-histogram").doesNotContain("random-scatter");
    }

    @Test
    void namesAndCorruptionsHaveChartsOfTheirOwn() {
        assertThat(names(named().scoring(PlotsShowWhatVariesTest::score)))
                .contains("score-by-weight-standardization-resnet", "score-by-batch-order-resnet");
        assertThat(names(corruptions().scoring(PlotsShowWhatVariesTest::score)))
                .contains("score-by-corruption-resnet");
        assertThat(names(transfer().scoring(PlotsShowWhatVariesTest::score))).contains("score-by-anchor",
                "score-by-anchor-psnr", "curves-denoising-unet");
    }

    /** A bin of two points with 60 layers of 20.5 %: one bar, 60 high. */
    @Test
    void aBarOfTheHistogramIsAsHighAsItsCount() {
        var result = SampleComparison.of("bn-relu").anchors("resnet").random(60).seeds(1)
                .scoring((cell, _) -> cell.layer().equals("bn-relu") ? 0.4 : 0.205);
        var histogram = Plots.of(result).stream().filter(plot -> plot.name().equals("random-histogram")).findFirst()
                .orElseThrow();
        var svg = Svg.of(histogram.svg());
        var bars = svg.elements("rect").stream().filter(rect -> !rect.getAttribute("stroke-width").isEmpty()
                && !rect.getAttribute("width").equals("16")).toList();
        assertThat(bars).hasSize(1);
        var top = svg.texts().stream().filter(text -> text.text().equals("60")).findFirst().orElseThrow();
        double middle = (top.top() + top.bottom()) / 2;
        assertThat(Double.parseDouble(bars.getFirst().getAttribute("y"))).isBetween(middle - 4, middle + 4);
    }

    /** One of three runs ends at a quarter; its points lie at other steps, where a mean of all would jump. */
    @Test
    void aRunThatEndedEarlyDoesNotBendTheCurve() {
        var sample = SampleComparison.of("bn-relu").anchors("resnet").withCurves();
        var whole = sample.scoring((_, _) -> 0.4);
        var early = sample.scoring((_, seed) -> seed == 13 ? -1 : 0.4);
        assertThat(curves(early)).isEqualTo(curves(whole)).isNotEmpty();
    }

    private static List<String> curves(ComparisonResult result) {
        return Plots.of(result).stream().filter(plot -> plot.name().equals("curves-resnet"))
                .flatMap(plot -> Svg.of(plot.svg()).elements("path").stream()).map(path -> path.getAttribute("d"))
                .toList();
    }

    /** A loss of 50 at the first of twelve points would leave a flat line. */
    @Test
    void anOvershootDoesNotFlattenTheLosses() {
        var sample = SampleComparison.of("bn-relu", "gn-relu").anchors("resnet").withCurves();
        var result = sample.scoring((_, _) -> 0.4);
        var cells = result.cells().stream().map(cell -> new CellResult(cell.cell(), cell.training(),
                cell.runs().stream().map(PlotsShowWhatVariesTest::overshooting).toList(), List.of())).toList();
        var plots = Plots.of(new ComparisonResult(result.name(), result.spec(), cells, 2, List.of()));
        var svg = plots.stream().filter(plot -> plot.name().equals("curves-resnet")).findFirst().orElseThrow().svg();
        assertThat(svg).contains("cut off.", ">2.0<", ">3.5<");
    }

    private static Run overshooting(Run run) {
        var losses = new ArrayList<>(run.losses());
        losses.set(0, new CurvePoint(losses.getFirst().step(), 50));
        return new Run(run.seed(), run.correct(), run.total(), null, null, losses, run.evaluations(), run.size(),
                run.steps(), run.stepMillis());
    }

    /** A plot goes where the tables with their footnotes do not. */
    @Test
    void aPlotSaysWhichRunsCountAsNothing() {
        var result = sweep().note("1 of 72 runs diverged and count as nothing right")
                .scoring(PlotsShowWhatVariesTest::score);
        assertThat(Plots.of(result)).isNotEmpty()
                .allSatisfy(
                        plot -> assertThat(plot.svg()).contains("1 of 72 runs diverged and count as nothing right."));
    }

    @Test
    void nothingMeasuredIsNothingDrawn() {
        assertThat(Plots.of(sweep().scoring((_, _) -> Double.NaN))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void textsNeitherTouchNorLeaveTheSheet(ComparisonResult result) {
        var plots = Plots.of(result);
        assertThat(plots.size()).isPositive();
        for (var plot : plots) {
            var svg = Svg.of(plot.svg());
            var texts = svg.texts();
            for (int i = 0; i < texts.size(); i++) {
                var one = texts.get(i);
                assertThat(one.left() >= 0 && one.right() <= svg.width() && one.bottom() <= svg.height())
                        .as("%s: %s on a sheet of %s × %s", plot.name(), one, svg.width(), svg.height()).isTrue();
                for (var other : texts.subList(i + 1, texts.size())) {
                    assertThat(one.overlaps(other)).as("%s: %s and %s", plot.name(), one, other).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSameResultIsDrawnTheSame(ComparisonResult result) {
        assertThat(Plots.of(result)).isEqualTo(Plots.of(result));
        assertThat(Plots.of(result)).extracting(Plot::name).doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]+"));
    }
}
