package dev.normforge.comparison.score;

import static dev.normforge.comparison.SampleComparison.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.comparison.Cell;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.SampleComparison;
import dev.normforge.protocol.ComparisonSpec.Expectation.Part;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublishedFindingsAreMisjudgedTest {

    private static final String CLAIM = "bn-relu is ahead";

    private static Finding finding(ComparisonResult result) {
        return Finding.of(result).getFirst();
    }

    private static ComparisonResult twoLayers(SampleComparison.Scores scores) {
        return SampleComparison.of("bn-relu", "gn-relu").anchors("resnet")
                .expecting(CLAIM, part(1, "bn-relu", 32), part(-1, "gn-relu", 32)).scoring(scores);
    }

    /** Differences 0.01, 0.02, 0.03: mean 0.02, deviation 0.01, half 4.30265·0.01/√3 = 0.0248. */
    @Test
    void meanAndIntervalAreThoseComputedByHand() {
        var found = finding(twoLayers(
                (cell, seed) -> cell.layer().equals("bn-relu") ? 0.4 + 0.01 * (seed - 11) : 0.39));
        assertThat(found.verdict()).isEqualTo(Verdict.WITHIN_NOISE);
        var measured = Objects.requireNonNull(found.measured());
        assertThat(measured.mean()).isCloseTo(0.02, within(1e-12));
        assertThat(measured.half95()).isCloseTo(0.02484, within(1e-5));
        assertThat(found.measuredInWords()).isEqualTo("+2.0 points (95 % interval -0.5 to +4.5, 3 seeds)");
    }

    @Test
    void theSignDecidesBetweenPublishedAndOpposite() {
        double[] noise = {0.001, -0.001, 0.0};
        SampleComparison.Scores ahead = (cell, seed) -> cell.layer().equals("bn-relu")
                ? 0.45 + noise[(int) seed - 11]
                : 0.40;
        assertThat(finding(twoLayers(ahead)).verdict()).isEqualTo(Verdict.AS_PUBLISHED);
        assertThat(finding(twoLayers((cell, seed) -> 1 - ahead.of(cell, seed))).verdict())
                .isEqualTo(Verdict.OPPOSITE);
    }

    /** A mean over anchors and batches for bn-relu, one cell for gn-relu: (0.2+0.4+0.3+0.5)/4 − 0.3. */
    @Test
    void whatIsLeftOpenIsAveragedOver() {
        var scores = Map.of("resnet-2", 0.2, "resnet-8", 0.4, "vgg-2", 0.3, "vgg-8", 0.5);
        var result = SampleComparison.of("bn-relu", "gn-relu").anchors("resnet", "vgg").batches(2, 8)
                .expecting("open", part(1, "bn-relu", null),
                        new Part(-1, "gn-relu", "resnet", 8, null, null, null, null, null, null))
                .scoring((cell, _) -> cell.layer().equals("bn-relu")
                        ? Objects.requireNonNull(scores.get(cell.anchor() + "-" + cell.batch()))
                        : 0.3);
        assertThat(Objects.requireNonNull(finding(result).measured()).mean()).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void aSeedThatLacksOneCellIsLeftOut() {
        var found = finding(twoLayers((cell, seed) -> cell.layer().equals("gn-relu") && seed == 12
                ? Double.NaN
                : 0.3 + 0.001 * seed * (cell.layer().equals("gn-relu") ? 1 : 2)));
        assertThat(Objects.requireNonNull(found.measured()).size()).isEqualTo(2);
        assertThat(found.measuredInWords()).contains("2 of 3 seeds");
    }

    @Test
    void whatIsNotMeasuredSaysWhy() {
        var nothing = finding(twoLayers((cell, _) -> cell.layer().equals("gn-relu") ? Double.NaN : 0.3));
        assertThat(nothing.verdict()).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(nothing.measuredInWords()).isEqualTo("no seed has all of its runs");

        var oneSeed = finding(SampleComparison.of("bn-relu", "gn-relu").seeds(1).expecting(CLAIM,
                part(1, "bn-relu", 32), part(-1, "gn-relu", 32))
                .scoring((cell, _) -> cell.layer().equals("bn-relu") ? 0.4 : 0.3));
        assertThat(oneSeed.verdict()).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(oneSeed.measuredInWords())
                .isEqualTo("+10.0 points; one seed does not tell how much another would differ");

        var absent = finding(SampleComparison.of("bn-relu").expecting(CLAIM, part(1, "bn-relu", 32),
                part(-1, "gn-relu", 32)).scoring((_, _) -> 0.3));
        assertThat(absent.verdict()).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(absent.measuredInWords()).isEqualTo("no cell of gn-relu is as it says");
    }

    @Test
    void accuracyIsNotAddedToDecibel() {
        var result = SampleComparison.of("bn-relu").anchors("resnet", "unet")
                .expecting("mixed", new Part(1, "bn-relu", "resnet", null, null, null, null, null, null, null),
                        new Part(-1, "bn-relu", "unet", null, null, null, null, null, null, null))
                .expecting("open", part(1, "bn-relu", null))
                .scoring((cell, _) -> cell.anchor().equals("unet") ? 28.0 : 0.4);
        assertThat(finding(result).measuredInWords()).isEqualTo("it adds accuracy to decibel");
        assertThat(Objects.requireNonNull(Finding.of(result).getLast().measured()).mean())
                .isCloseTo(0.4, within(1e-12));
    }

    @Test
    void cellsThatMeanTheSameAreWithinNoise() {
        var same = finding(twoLayers((_, _) -> 0.4));
        assertThat(same.verdict()).isEqualTo(Verdict.WITHIN_NOISE);
        assertThat(same.measuredInWords())
                .isEqualTo("+0.0 points with each of 3 seeds, which leaves no noise to compare with");
    }

    private static long judged(Verdict verdict, double lead, int times) {
        var random = new Random(4);
        return IntStream.range(0, times).filter(_ -> {
            var common = random.doubles(3).map(_ -> 0.01 * random.nextGaussian()).toArray();
            return finding(twoLayers((Cell cell, long seed) -> 0.4 + (cell.layer().equals("bn-relu") ? lead : 0)
                    + common[(int) seed - 11] + 0.005 * random.nextGaussian())).verdict() == verdict;
        }).count();
    }

    @Test
    void equalLayersAreWithinNoiseNineteenTimesInTwenty() {
        assertThat(judged(Verdict.WITHIN_NOISE, 0, 1000)).isBetween(930L, 970L);
        assertThat(judged(Verdict.AS_PUBLISHED, 0.1, 100)).isGreaterThan(95);
        assertThat(judged(Verdict.OPPOSITE, -0.1, 100)).isGreaterThan(95);
    }
}
