package dev.normforge.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HypervolumeIsExactTest {

    private final Random random = new Random(11);

    @Test
    void upToEightAnchorsItEqualsInclusionAndExclusion() {
        for (int anchors = 1; anchors <= 8; anchors++) {
            for (int set = 0; set < 20; set++) {
                var points = points(1 + random.nextInt(9), anchors);
                assertThat(Hypervolume.of(points)).isCloseTo(inclusionExclusion(points), within(1e-12));
            }
        }
    }

    @Test
    void aFrontOfFortyInThreeDimensionsEqualsSampling() {
        var points = points(40, 3);
        int hits = 0;
        int samples = 200_000;
        for (int i = 0; i < samples; i++) {
            double[] sample = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
            hits += points.stream().anyMatch(p -> p[0] >= sample[0] && p[1] >= sample[1] && p[2] >= sample[2]) ? 1 : 0;
        }
        assertThat(Hypervolume.of(points)).isCloseTo((double) hits / samples, within(0.005));
    }

    @Test
    void theReferencePointIsZeroOnEveryAnchor() {
        var one = new Entrant(1, Scores.of(List.of(1, 1), List.of(2, 4)));
        assertThat(ParetoFront.of(List.of(one)).hypervolume()).isEqualTo(0.125);
        assertThat(ParetoFront.EMPTY.hypervolume()).isZero();
    }

    /** Coordinates in tenths, so that ties are common. */
    private List<double[]> points(int count, int anchors) {
        var points = new ArrayList<double[]>();
        for (int i = 0; i < count; i++) {
            points.add(random.doubles(anchors).map(x -> Math.round(10 * x) / 10.0).toArray());
        }
        return points;
    }

    private static double inclusionExclusion(List<double[]> points) {
        double sum = 0;
        for (int subset = 1; subset < 1 << points.size(); subset++) {
            double box = 1;
            for (int d = 0; d < points.getFirst().length; d++) {
                double least = 1;
                for (int i = 0; i < points.size(); i++) {
                    least = (subset >> i & 1) == 1 ? Math.min(least, points.get(i)[d]) : least;
                }
                box *= least;
            }
            sum += Integer.bitCount(subset) % 2 == 1 ? box : -box;
        }
        return sum;
    }
}
