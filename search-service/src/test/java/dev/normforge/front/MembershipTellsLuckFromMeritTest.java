package dev.normforge.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTellsLuckFromMeritTest {

    private static final List<Double> NOISE = List.of(0.01, 0.01);

    private static Entrant layer(int birth, int first, int second) {
        return new Entrant(birth, Scores.of(List.of(first, second), List.of(100_000, 100_000)));
    }

    @Test
    void aLayerFarAboveAllIsSolidAndOneFarBelowIsNot() {
        var probability = Membership.of(List.of(layer(1, 40_000, 40_000), layer(2, 20_000, 20_000)), List.of(), NOISE);
        assertThat(probability).containsEntry(1, 1.0).containsEntry(2, 0.0);
    }

    /** Two equal layers on one anchor: each is on top in half of the worlds. */
    @Test
    void equalLayersShareTheFirstPlace() {
        var one = new Entrant(1, Scores.of(List.of(3_000), List.of(10_000)));
        var two = new Entrant(2, Scores.of(List.of(3_000), List.of(10_000)));
        var probability = Membership.of(List.of(one, two), List.of(), List.of(0.01));
        assertThat(probability.get(1)).isCloseTo(0.5, within(0.08));
        assertThat(probability.values().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
    }

    /** The gap is one deviation of a difference, √2 · 0.01: P(N(1, 1) > 0) = 0.84 on one anchor. */
    @Test
    void aGapOfOneDeviationGivesTheNormalProbability() {
        var one = new Entrant(1, Scores.of(List.of(31_414_214), List.of(100_000_000)));
        var two = new Entrant(2, Scores.of(List.of(30_000_000), List.of(100_000_000)));
        assertThat(Membership.of(List.of(one), List.of(two), List.of(0.01)).get(1)).isCloseTo(0.841, within(0.06));
    }

    @Test
    void fewImagesMakeASureMemberUnsure() {
        var one = new Entrant(1, Scores.of(List.of(11), List.of(30)));
        var two = new Entrant(2, Scores.of(List.of(10), List.of(30)));
        assertThat(Membership.of(List.of(one), List.of(two), List.of(0.0)).get(1)).isLessThan(Membership.SOLID);
    }

    @Test
    void theSameRowsGiveTheSameProbabilities() {
        var layers = List.of(layer(1, 30_000, 31_000), layer(2, 30_500, 30_500), layer(3, 31_000, 30_000));
        assertThat(Membership.of(layers, List.of(), NOISE)).isEqualTo(Membership.of(layers, List.of(), NOISE));
    }

    @Test
    void noiseOfAnotherNumberOfAnchorsIsRefused() {
        assertThatThrownBy(() -> Membership.of(List.of(layer(1, 1, 1)), List.of(), List.of(0.1)))
                .hasMessage("seedDeviation has 1 anchors, expected 2");
    }
}
