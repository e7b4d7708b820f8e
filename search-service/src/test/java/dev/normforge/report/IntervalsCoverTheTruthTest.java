package dev.normforge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.front.Scores;
import dev.normforge.protocol.AnchorScore.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Simulated searches: images are easy or hard for everybody (deviation 1.5 logits), each layer finds some images easier
 * than others do (0.4), each run adds a seed effect (0.03) and chance.
 */
class IntervalsCoverTheTruthTest {

    private static final int IMAGES = 500;
    private static final int ANCHORS = 3;
    private static final int WORLDS = 1000;
    private static final double SEED_LOGITS = 0.08;
    private static final Calibration.Noise UNKNOWN = Calibration.Noise.unknown(ANCHORS);

    private final Random random = new Random(5);

    /** One world: the images that were drawn, and what they are to two layers. */
    private final class World {
        private final double[] common = random.doubles(IMAGES).map(u -> 1.5 * random.nextGaussian()).toArray();
        private final double[] own = random.doubles(IMAGES).map(u -> 0.4 * random.nextGaussian()).toArray();

        Scores run(double ability, boolean theOther) {
            double seed = SEED_LOGITS * random.nextGaussian();
            var counts = new ArrayList<Count>();
            for (int anchor = 0; anchor < ANCHORS; anchor++) {
                int correct = 0;
                for (int i = 0; i < IMAGES; i++) {
                    double logit = ability + common[i] + (theOther ? own[i] : -own[i]) + seed;
                    correct += random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
                }
                counts.add(new Count(correct, IMAGES));
            }
            return new Scores(counts);
        }

        List<Scores> runs(int seeds, double ability, boolean theOther) {
            var runs = new ArrayList<Scores>();
            for (int i = 0; i < seeds; i++) {
                runs.add(run(ability, theOther));
            }
            return runs;
        }
    }

    private double truth(double ability) {
        return random.doubles(400_000).map(u -> {
            double spread = Math.sqrt(1.5 * 1.5 + 0.4 * 0.4 + SEED_LOGITS * SEED_LOGITS);
            return 1 / (1 + Math.exp(-ability - spread * random.nextGaussian()));
        }).average().orElseThrow();
    }

    @Test
    void threeSeedsCoverTheMeanOverImagesAndSeeds() {
        double truth = truth(-0.3);
        int covered = 0;
        double width = 0;
        for (int world = 0; world < WORLDS; world++) {
            var interval = Intervals.ofMean(new World().runs(3, -0.3, true), UNKNOWN);
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
            width += interval.high() - interval.low();
        }
        assertThat(covered).as("of %d; mean width %.4f", WORLDS, width / WORLDS).isGreaterThanOrEqualTo(935);
        assertThat(width / WORLDS).isLessThan(0.2);
    }

    @Test
    void oneSeedCoversItWithTheNoiseOfCalibration() {
        double truth = truth(-0.3);
        int covered = 0;
        for (int world = 0; world < WORLDS; world++) {
            var drawn = new World();
            var references = drawn.runs(8, -0.3, false);
            var means = references.stream().map(Scores::mean).toList();
            var noise = new Calibration.Noise(List.of(0.0, 0.0, 0.0), Math.sqrt(Intervals.squares(means) / 7), 7);
            var interval = Intervals.ofMean(drawn.runs(1, -0.3, true), noise);
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        assertThat(covered).isGreaterThanOrEqualTo(935);
    }

    @Test
    void threePairsCoverTheDifferenceOfTwoLayersAndNearlyEqualOnesAreNotCalledDifferent() {
        double truth = truth(-0.2) - truth(-0.3);
        int covered = 0;
        int falseAlarms = 0;
        for (int world = 0; world < WORLDS; world++) {
            var drawn = new World();
            var interval = Intervals.ofDifference(drawn.runs(3, -0.2, true), drawn.runs(3, -0.3, false), UNKNOWN);
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
            var same = Intervals.ofDifference(drawn.runs(3, -0.3, true), drawn.runs(3, -0.3, false), UNKNOWN);
            falseAlarms += same.low() > 0 || same.high() < 0 ? 1 : 0;
        }
        assertThat(covered).isGreaterThanOrEqualTo(935);
        assertThat(falseAlarms).isLessThanOrEqualTo(65);
    }

    @Test
    void aClearDifferenceIsFoundWithThreeSeeds() {
        int found = 0;
        for (int world = 0; world < 200; world++) {
            var drawn = new World();
            var interval = Intervals.ofDifference(drawn.runs(3, 0.4, true), drawn.runs(3, -0.3, false), UNKNOWN);
            found += interval.low() > 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThan(150);
    }

    @Test
    void aShareHasWilsonsInterval() {
        var none = Intervals.ofShare(0, 20);
        assertThat(none.mean()).isZero();
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611, within(1e-4));
        var some = Intervals.ofShare(5, 50);
        assertThat(some.low()).isCloseTo(0.0435, within(1e-4));
        assertThat(some.high()).isCloseTo(0.2136, within(1e-4));
    }

    @Test
    void accuraciesStayBetweenNothingAndAll() {
        var perfect = List.of(Scores.of(List.of(2), List.of(2)), Scores.of(List.of(2), List.of(2)),
                Scores.of(List.of(1), List.of(2)));
        assertThat(Intervals.ofMean(perfect, Calibration.Noise.unknown(1)).high()).isEqualTo(1);
        var hopeless = List.of(Scores.of(List.of(1), List.of(20)));
        assertThat(Intervals.ofMean(hopeless, Calibration.Noise.unknown(1)).low()).isZero();
    }

    @Test
    void unpairedRunsAreRefused() {
        var run = Scores.of(List.of(1), List.of(2));
        assertThatThrownBy(() -> Intervals.ofDifference(List.of(run), List.of(), UNKNOWN))
                .hasMessage("runs is 1 against 0, expected pairs of one seed");
    }
}
