package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The claim "at least BN-ReLU minus one pooled standard deviation" is arithmetic that must not flatter. */
class StudyTableTest {

    @Test
    void deviationIsPooledOverLayersAroundTheirOwnMeans() {
        // squares about the means 2 and 20: 1+0+1 and 4+0+4, five degrees less one
        assertThat(StudyTable.pooledDeviation(List.of(List.of(1.0, 2.0, 3.0), List.of(18.0, 20.0, 22.0))))
                .isCloseTo(Math.sqrt(10.0 / 4), within(1e-12));
        assertThat(StudyTable.pooledDeviation(List.of(List.of(0.4), List.of(0.5)))).isNull();
    }

    @Test
    void aLayerWithinOneDeviationReachesAndOneBelowDoesNot() {
        var bnRelu = FinalTextTest.entry("bn-relu", null, 500, 510, 520); // mean 0.510, sd 0.010
        var table = StudyTable.of("laptop", List.of(
                FinalTextTest.report("cifar10", List.of(FinalTextTest.entry("birth-1", null, 491, 501, 511)),
                        List.of(bnRelu)),
                FinalTextTest.report("cifar10", List.of(FinalTextTest.entry("birth-2", null, 489, 499, 509)),
                        List.of(bnRelu)),
                FinalTextTest.report("cifar10", List.of(), List.of(bnRelu))));

        assertThat(table.rows()).extracting(StudyTable.Row::reaches).containsExactly(true, false, false);
        assertThat(table.rows()).extracting(StudyTable.Row::runs).containsExactly(3, 3, 0);
        assertThat(table.rows().getFirst().deviation()).isCloseTo(0.01, within(1e-9));
        assertThat(table.lines().getLast()).startsWith("in 1 of 3 searches").endsWith("on cifar10");
    }

    @Test
    void anotherLayerThatScattersDoesNotLowerTheBar() {
        var table = StudyTable.of("laptop", List.of(FinalTextTest.report("cifar10",
                List.of(FinalTextTest.entry("birth-2", null, 489, 499, 509),
                        FinalTextTest.entry("birth-3", null, 100, 300, 500)),
                List.of(FinalTextTest.entry("bn-relu", null, 500, 510, 520)))));

        assertThat(table.rows().getFirst().deviation()).isCloseTo(0.01, within(1e-9));
        assertThat(table.rows().getFirst().reaches()).isFalse();
    }

    @Test
    void theBestIsTheFirstOfTheListThatConfirmScoresOrdered() {
        var table = StudyTable.of("laptop", List.of(FinalTextTest.report("synthetic",
                List.of(FinalTextTest.entry("birth-9", null, 500, 500, 500),
                        FinalTextTest.entry("birth-1", null, 600, 600, 600)),
                List.of())));

        assertThat(table.rows().getFirst().layer()).isEqualTo("birth-9");
        assertThat(table.rows().getFirst().reaches()).isFalse();
        assertThat(table.lines().getLast()).contains("synthetic (built-in stand-in, not CIFAR-10)");
    }
}
