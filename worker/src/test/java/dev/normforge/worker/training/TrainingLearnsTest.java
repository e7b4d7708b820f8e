package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.worker.data.Images;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Guards against a gradient, an update or a count that does not do what it says. */
class TrainingLearnsTest {

    private static final Images.Range SCORED = new Images.Range(1500, 500);
    static final List<AnchorSpec> ANCHORS = Laptop.ANCHORS;

    @ParameterizedTest
    @FieldSource("ANCHORS")
    void batchNormalizationBringsTheLossDown(AnchorSpec anchor) {
        try (var run = Laptop.start("bn-relu", anchor, Laptop.proxy(80), 1)) {
            run.advanceTo(80, StepListener.NONE);
            assertThat(run.finite()).isTrue();
            assertThat(run.recentLoss()).as("below the loss of guessing, 2.303").isLessThan(2.1);
            assertThat(run.evaluate(SCORED).accuracy()).as("above chance").isGreaterThan(0.17);
            assertThat(run.medianStepMillis()).isPositive();
            assertThat(run.curve()).hasSize(20).last().matches(point -> point.step() == 80);
        }
    }

    @Test
    void precisePopulationStatisticsScoreAboutAsWellAsTheBatchs() {
        int[] correct = new int[3];
        var statistics = List.of(new BatchStatistics.OfTheTestBatch(), new BatchStatistics.Precise(512),
                new BatchStatistics.Moving(0.8));
        for (int i = 0; i < correct.length; i++) {
            try (var run = Laptop.start("bn-relu", Laptop.RESNET, Laptop.proxy(60, statistics.get(i)), 1)) {
                run.advanceTo(60, StepListener.NONE);
                correct[i] = run.evaluate(SCORED).correct();
            }
        }
        assertThat(correct[1]).isBetween(correct[0] - 50, correct[0] + 50);
        assertThat(correct[2]).isBetween(correct[0] - 75, correct[0] + 75);
    }

    @Test
    void anExplodingLayerStopsAtItsFirstBadLoss() {
        var square = LayerGraph.of(Node.of(Elementwise.SQUARE, LayerGraph.X), Node.of(Elementwise.EXP, 4));
        try (var run = TrainingRun.start(Laptop.TORCH, Laptop.layer(square), Laptop.RESNET, Laptop.proxy(80),
                Laptop.IMAGES, 1)) {
            run.advanceTo(80, StepListener.NONE);
            assertThat(run.finite()).isFalse();
            int stopped = run.step();
            assertThat(stopped).isLessThan(80);
            run.advanceTo(80, StepListener.NONE);
            assertThat(run.step()).isEqualTo(stopped);
        }
    }

    @Test
    void theStabilityTestTellsSteadyLayersFromExplodingOnes() {
        try (var run = Laptop.start("bn-relu", Laptop.RESNET, Laptop.proxy(80), 1); var probe = run.probe(16)) {
            double first = probe.ascend(0.1);
            double later = first;
            for (int i = 0; i < 10; i++) {
                later = probe.ascend(0.1);
            }
            assertThat(first).isBetween(1e-3, 1e3);
            assertThat(later).as("norm after ten steps uphill").isGreaterThan(first).isLessThan(1e8);
        }
        var square = LayerGraph.of(Node.of(Elementwise.SQUARE, LayerGraph.X));
        try (var run = TrainingRun.start(Laptop.TORCH, Laptop.layer(square), Laptop.RESNET, Laptop.proxy(80),
                Laptop.IMAGES, 1); var probe = run.probe(16)) {
            double norm = 0;
            for (int i = 0; i < 10 && norm < 1e8; i++) {
                norm = probe.ascend(0.1);
            }
            assertThat(norm < 1e8).as("stays below the limit").isFalse();
        }
    }
}
