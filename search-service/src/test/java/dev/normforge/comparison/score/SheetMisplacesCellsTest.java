package dev.normforge.comparison.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.SampleComparison;
import dev.normforge.protocol.BatchStatistics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SheetMisplacesCellsTest {

    private static final BatchStatistics MOVING = new BatchStatistics.Moving(0.9);
    private static final BatchStatistics PRECISE = new BatchStatistics.Precise(1024);

    private static Setting batch(int value) {
        return new Setting(Map.of(Dimension.BATCH, Integer.toString(value)));
    }

    @Test
    void columnsNestInTheOrderOfConditionsAndKeepTheOrderOfTheGrid() {
        var sheet = new Sheet(SampleComparison.of("bn-relu").batches(32, 2).weights("off", "ws")
                .statistics(MOVING, PRECISE).scoring((_, _) -> 0.4));
        assertThat(sheet.varying()).containsExactly(Dimension.BATCH, Dimension.WEIGHT_STANDARDIZATION,
                Dimension.STATISTICS);
        assertThat(sheet.settings()).extracting(Setting::words).startsWith(
                "batch 32, no weight standardization, statistics moving-0.9",
                "batch 32, no weight standardization, statistics precise-1024",
                "batch 32, weight standardization ws, statistics moving-0.9").hasSize(8);
    }

    @Test
    void aNormalizationBatchThatFollowsTheBatchIsNoConditionOfItsOwn() {
        var whole = new Sheet(SampleComparison.of("bn-relu").batches(2, 8).scoring((_, _) -> 0.4));
        assertThat(whole.varying()).containsExactly(Dimension.BATCH);
        assertThat(new Circumstances(whole).constants()).startsWith("layers see whole batches");
        var ghost = new Sheet(SampleComparison.of("bn-relu").batches(8, 32).normalizationBatches(2, 8)
                .scoring((_, _) -> 0.4));
        assertThat(ghost.varying()).containsExactly(Dimension.BATCH, Dimension.NORMALIZATION_BATCH);
    }

    @Test
    void meansAreOfSeedsThatEveryAnchorHasAndDecibelStandApart() {
        var sheet = new Sheet(SampleComparison.of("bn-relu").anchors("resnet", "vgg", "unet")
                .scoring((cell, seed) -> switch (cell.anchor()) {
                    case "unet" -> 28;
                    case "vgg" -> seed == 12 ? Double.NaN : 0.2 + 0.01 * (seed - 11);
                    default -> 0.4;
                }));
        assertThat(sheet.pages()).extracting(Page::title).containsExactly("mean over 2 anchors", "resnet", "vgg",
                "unet");
        var mean = sheet.score(sheet.pages().getFirst(), "bn-relu", new Setting(Map.of())).orElseThrow();
        assertThat(mean.bySeed()).containsOnlyKeys(11L, 13L);
        assertThat(mean.bySeed().get(13L)).isCloseTo(0.31, within(1e-12));
        assertThat(mean.complete()).isFalse();
        var unet = sheet.score(sheet.pages().getLast(), "bn-relu", new Setting(Map.of())).orElseThrow();
        assertThat(unet.sample().mean()).isEqualTo(28);
    }

    @Test
    void cellsOfOneTrainingWithTheSameCountsAreMarkedOnce() {
        var sheet = new Sheet(SampleComparison.of("bn-relu", "gn-relu").anchors("resnet").statistics(MOVING, PRECISE)
                .scoring((cell, seed) -> 0.4 + 0.001 * seed
                        + (cell.layer().equals("bn-relu") && cell.statistics().startsWith("precise") ? 0.01 : 0)));
        var page = sheet.pages().getFirst();
        var repeats = sheet.settings().stream()
                .map(setting -> sheet.score(page, "gn-relu", setting).orElseThrow().repeats()).toList();
        assertThat(repeats).containsExactly(false, true);
        assertThat(sheet.settings()).noneMatch(
                setting -> sheet.score(page, "bn-relu", setting).orElseThrow().repeats());
    }

    @Test
    void runsThatEndedEarlyAreCountedWhetherTheyScoredOrNot() {
        var sheet = new Sheet(SampleComparison.of("bn-relu").anchors("resnet", "unet").batches(3)
                .scoring((cell, seed) -> seed == 12 ? -1 : cell.anchor().equals("unet") ? 28 : 0.4));
        var resnet = sheet.score(sheet.pages().getFirst(), "bn-relu", new Setting(Map.of())).orElseThrow();
        assertThat(resnet.diverged()).isEqualTo(1);
        assertThat(resnet.unscored()).isZero();
        assertThat(resnet.bySeed().get(12L)).isZero();
        var unet = sheet.score(sheet.pages().getLast(), "bn-relu", new Setting(Map.of())).orElseThrow();
        assertThat(unet.unscored()).isEqualTo(1);
        assertThat(unet.seeds()).isEqualTo(2);
    }

    @Test
    void theSettingThatStandsForAllHasTheBatchNearestToTheProxys() {
        var sheet = new Sheet(SampleComparison.of("bn-relu").batches(2, 128, 32).scoring((_, _) -> 0.4));
        assertThat(sheet.reference()).isIn(batch(128), batch(32));
        assertThat(new Sheet(SampleComparison.of("bn-relu").batches(2, 64, 128).scoring((_, _) -> 0.4)).reference())
                .isEqualTo(batch(64));
    }

    @Test
    void anEmptyComparisonHasNothingToShow() {
        var some = SampleComparison.of("bn-relu").scoring((_, _) -> Double.NaN);
        var sheet = new Sheet(new ComparisonResult(some.name(), some.spec(),
                List.of(), 0, List.of()));
        assertThat(sheet.pages()).isEmpty();
        assertThat(sheet.reference()).isEqualTo(new Setting(Map.of()));
    }
}
