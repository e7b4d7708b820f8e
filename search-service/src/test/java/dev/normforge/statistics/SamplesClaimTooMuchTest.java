package dev.normforge.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplesClaimTooMuchTest {

    @Test
    void deviationIntervalAndTailAreThoseComputedByHand() {
        var sample = new Sample(List.of(1.0, 2.0, 6.0));
        assertThat(sample.mean()).isEqualTo(3);
        assertThat(sample.deviation()).isCloseTo(Math.sqrt(7), within(1e-12));
        assertThat(sample.half95()).isCloseTo(4.30265 * Math.sqrt(7.0 / 3), within(1e-3));
        // With two degrees of freedom P(|T| ≥ t) = 1 − t/√(t² + 2), and t = 3/√(7/3).
        assertThat(sample.tail()).isCloseTo(1 - Math.sqrt(27.0 / 7 / (27.0 / 7 + 2)), within(1e-9));
    }

    @Test
    void whatDoesNotSpreadTellsNothing() {
        for (var sample : List.of(new Sample(List.of(0.3)), new Sample(List.of(0.42 - 0.41, 0.41 - 0.40)))) {
            assertThat(sample.spreads()).isFalse();
            assertThat(sample.tail()).isEqualTo(1);
            assertThat(sample.half95()).isZero();
        }
    }

    @Test
    void noNumberAndNoNumbersAreRefused() {
        assertThatThrownBy(() -> new Sample(List.of())).hasMessage("values is [], expected at least one, all finite");
        assertThatThrownBy(() -> new Sample(List.of(1.0, Double.NaN))).hasMessageContaining("values is [1.0, NaN]");
    }

    @Test
    void holmComparesTheSmallestWithTheStrictestLevel() {
        assertThat(Holm.rejectsAll(List.of(0.04, 0.02), 0.05)).isTrue();
        assertThat(Holm.rejectsAll(List.of(0.04, 0.03), 0.05)).isFalse();
        assertThat(Holm.rejectsAll(List.of(0.001, 0.06), 0.05)).isFalse();
        assertThat(Holm.rejectsAll(List.of(Double.NaN), 0.05)).isFalse();
        assertThat(Holm.rejectsAll(List.of(), 0.05)).isTrue();
    }

    @Test
    void aMeanOfZeroIsCalledDifferentOnceInTwentyTimes() {
        var random = new Random(7);
        int alarms = 0;
        for (int i = 0; i < 1000; i++) {
            var sample = new Sample(random.doubles(3).map(_ -> random.nextGaussian()).boxed().toList());
            alarms += sample.tail() <= 0.05 ? 1 : 0;
        }
        assertThat(alarms).isBetween(30, 70);
    }
}
