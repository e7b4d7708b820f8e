package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.AnchorScore.Count;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.worker.data.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards against scores that depend on anything but the request. */
class TrainingIsReproducibleTest {

    private static final Images.Range SCORED = new Images.Range(1500, 500);
    static final List<AnchorSpec> ANCHORS = Laptop.ANCHORS;

    static Stream<BatchStatistics> statistics() {
        return Stream.of(new BatchStatistics.OfTheTestBatch(), new BatchStatistics.Moving(0.9),
                new BatchStatistics.Precise(300), new BatchStatistics.Estimated(0.2),
                new BatchStatistics.Frozen(0.5, 300), new BatchStatistics.Frozen(0.8, 300));
    }

    @ParameterizedTest
    @FieldSource("ANCHORS")
    void theSameSeedGivesTheSameLossesBitForBit(AnchorSpec anchor) {
        for (String layer : List.of("bn-relu", "evonorm-s0")) {
            assertThat(losses(layer, anchor, 3)).isEqualTo(losses(layer, anchor, 3));
        }
    }

    @Test
    void anotherSeedGivesOthers() {
        assertThat(losses("bn-relu", Laptop.RESNET, 3)).isNotEqualTo(losses("bn-relu", Laptop.RESNET, 4));
    }

    private static List<Double> losses(String layer, AnchorSpec anchor, long seed) {
        var losses = new ArrayList<Double>();
        try (var run = Laptop.start(layer, anchor, Laptop.proxy(8), seed)) {
            run.advanceTo(8, (step, loss) -> losses.add(loss));
        }
        return losses;
    }

    @ParameterizedTest
    @MethodSource("statistics")
    void evaluatingInBetweenChangesNothing(BatchStatistics statistics) {
        var proxy = Laptop.proxy(12, statistics);
        try (var straight = Laptop.start("bn-relu", Laptop.MOBILENET, proxy, 5);
                var looked = Laptop.start("bn-relu", Laptop.MOBILENET, proxy, 5)) {
            straight.advanceTo(12, StepListener.NONE);
            looked.advanceTo(5, StepListener.NONE);
            Count early = looked.evaluate(SCORED);
            assertThat(looked.evaluate(SCORED)).isEqualTo(early);
            looked.advanceTo(12, StepListener.NONE);
            assertThat(looked.curve()).isEqualTo(straight.curve());
            assertThat(looked.evaluate(SCORED)).isEqualTo(straight.evaluate(SCORED));
        }
    }
}
