package dev.normforge.comparison.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestIsMarkedWithinNoiseTest {

    private static final int IMAGES = 5000;

    private static Score score(double... bySeed) {
        var scores = new TreeMap<Long, Double>();
        for (int i = 0; i < bySeed.length; i++) {
            if (!Double.isNaN(bySeed[i])) {
                scores.put((long) i, bySeed[i]);
            }
        }
        return new Score(scores, bySeed.length, 0, 0, List.of(), false);
    }

    /**
     * Differences 0.030, 0.032, 0.034: mean 0.032, deviation 0.002, t = 27.7, p = 0.0013. Against the third 0.010, 0.012, 0.002:
     * mean 0.008, deviation 0.00529, t = 2.62, p = 0.12.
     */
    @Test
    void aLeadIsMarkedOnlyIfItExceedsTheNoiseAgainstEveryRival() {
        var best = score(0.400, 0.410, 0.420);
        var far = score(0.370, 0.378, 0.386);
        assertThat(Best.of(Map.of("best", best, "far", far))).contains("best");
        assertThat(Best.of(Map.of("best", best, "far", far, "near", score(0.390, 0.398, 0.418)))).isEmpty();
    }

    /** t = 5.64, p = 0.030 against each of two: enough alone, too much for the smaller of two by Holm's method (0.025). */
    @Test
    void severalRivalsAreCorrectedFor() {
        double step = 0.01 / Math.sqrt(3);
        var best = score(0.40, 0.40, 0.40);
        var rival = score(0.40 - 0.0188 - step, 0.40 - 0.0188, 0.40 - 0.0188 + step);
        assertThat(Best.of(Map.of("best", best, "rival", rival))).contains("best");
        assertThat(Best.of(Map.of("best", best, "rival", rival, "another", rival))).isEmpty();
    }

    @Test
    void oneSeedTiesAndLonersAreNotMarked() {
        assertThat(Best.of(Map.of("best", score(0.4), "other", score(0.1)))).isEmpty();
        assertThat(Best.of(Map.of("best", score(0.4, 0.5), "same", score(0.4, 0.5)))).isEmpty();
        assertThat(Best.of(Map.of("alone", score(0.4, 0.41, 0.42)))).isEmpty();
        assertThat(Best.of(Map.of())).isEmpty();
    }

    /** Differences that are equal up to rounding tell nothing of the noise. */
    @Test
    void aDifferenceWithoutSpreadIsNotMarked() {
        assertThat(Best.of(Map.of("best", score(0.42, 0.41), "other", score(0.41, 0.40)))).isEmpty();
    }

    @Test
    void onlyCommonSeedsCount() {
        var best = score(0.40, 0.41, Double.NaN);
        assertThat(Best.of(Map.of("best", best, "other", score(Double.NaN, 0.10, 0.11)))).isEmpty();
    }

    @Test
    void aLayerThatLostItsWorstSeedIsNotBest() {
        var lucky = new Score(new TreeMap<>(Map.of(0L, 0.4, 1L, 0.41)), 3, 1, 1, List.of(), false);
        assertThat(Best.of(Map.of("lucky", lucky, "other", score(0.10, 0.1101, 0.09)))).isEmpty();
    }

    /** What is common to a seed and what is a run's own, as counts of images. */
    private static Map<String, Score> column(Random random, int layers, double lead) {
        var common = random.doubles(3).map(_ -> 0.01 * random.nextGaussian()).toArray();
        Map<String, Score> column = new LinkedHashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            double mean = layer == 0 ? 0.4 + lead : 0.4;
            column.put("layer-" + layer, score(IntStream.range(0, 3)
                    .mapToDouble(seed -> Math.round(IMAGES * (mean + common[seed] + 0.005 * random.nextGaussian()))
                            / (double) IMAGES)
                    .toArray()));
        }
        return column;
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "6"})
    void equalLayersAreMarkedOnceInTwentyTimesAtMost(int layers) {
        var random = new Random(layers);
        long marked = IntStream.range(0, 1000).filter(_ -> Best.of(column(random, layers, 0)).isPresent()).count();
        assertThat(marked).isBetween(layers == 2 ? 30L : 0L, 65L);
    }

    @Test
    void aClearLeadIsFound() {
        var random = new Random(9);
        long marked = IntStream.range(0, 200)
                .filter(_ -> Best.of(column(random, 3, 0.1)).filter("layer-0"::equals).isPresent()).count();
        assertThat(marked).isGreaterThan(190);
    }
}
