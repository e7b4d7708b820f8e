package dev.normforge.worker.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.Rejection;
import dev.normforge.protocol.Rejections;
import dev.normforge.protocol.Rejections.QualityGate;
import dev.normforge.protocol.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A layer must be given up at the cheapest possible moment, for the right reason, and never when it was not asked for. */
class GatesAreAskedInOrderTest {

    private static final int STEPS = 80;
    private static final double GUESSING = Math.log(10);

    private final ScriptedTrainings trainings = new ScriptedTrainings(3);
    private List<QualityGate> gates = List.of(new QualityGate.Loss(0.25, 0.1, null),
            new QualityGate.Loss(0.5, 0.03, null));
    private double slowerThanBatchNorm = 12;
    private boolean betterHalfOnly = true;

    private EvaluationRequest request(boolean gated, boolean audit, @Nullable Double floor, ScoredOn on) {
        var stages = List.of(new AnchorSpec.Stage(1, 8, 1, 1, 3));
        var anchors = List.of("resnet", "mobilenetv2", "efficientnet").stream()
                .map(name -> new AnchorSpec(name, AnchorSpec.Family.RESNET, 1, 1, 1, 8, 0, stages)).toList();
        var stability = new Rejections.Stability(0, 16, 5, 30, 0.1, 1e8, betterHalfOnly);
        var proxy = new ProxySpec(new DataSpec("synthetic", 16, 16, true, 1000, 1000, 500), anchors,
                new Training(STEPS, 8, 0.1, 0.9, 0, 4, Training.Schedule.COSINE), Numerics.DEFAULT,
                new BatchStatistics.OfTheTestBatch(), new Rejections(gates, 0.125, stability, slowerThanBatchNorm));
        var relu = LayerGraph.of(Node.of(Elementwise.MAX, LayerGraph.X, LayerGraph.ZERO));
        return new EvaluationRequest(7, relu, proxy, 1, gated, audit, floor, on);
    }

    private Outcome gated() {
        return new Evaluate(trainings).evaluate(request(true, false, null, ScoredOn.SEARCH), Watcher.NONE);
    }

    private static Rejection reason(Outcome outcome) {
        return ((Outcome.Rejected) outcome).reason();
    }

    private List<String> ascents(int count) {
        return Collections.nCopies(count, "ascend");
    }

    @AfterEach
    void everyTrainingAndProbeIsClosed() {
        assertThat(trainings.open).isZero();
    }

    @Test
    void everyAnchorPassesItsGatesBeforeAnyIsTrainedInFull() {
        var outcome = gated();

        var expected = new ArrayList<String>(List.of("start 0", "probe 0 at step 0"));
        expected.addAll(ascents(5));
        for (int anchor = 0; anchor < 3; anchor++) {
            if (anchor > 0) {
                expected.add("start " + anchor);
            }
            for (int step : new int[]{8, 20, 40}) {
                expected.add("train %d to %d".formatted(anchor, step));
            }
        }
        expected.addAll(List.of("train 0 to 80", "score 0"));
        expected.addAll(ascents(25));
        expected.addAll(List.of("train 1 to 80", "score 1", "train 2 to 80", "score 2"));
        assertThat(trainings.events).containsExactlyElementsOf(expected);
        assertThat(outcome).isInstanceOf(Outcome.Scored.class);
        assertThat(outcome.spent().steps()).isEqualTo(240);
        assertThat(outcome.spent().savedSteps()).isZero();
        assertThat(((Outcome.Scored) outcome).scores()).extracting(AnchorScore::correct).containsExactly(400, 400, 400);
    }

    @Test
    void anUnstableLayerIsNotTrainedAtAll() {
        trainings.blowsUpAtAscent = 3;
        var outcome = gated();
        assertThat(reason(outcome)).isEqualTo(new Rejection.Unstable(3, Double.MAX_VALUE));
        assertThat(outcome.spent().steps()).isZero();
        assertThat(outcome.spent().savedSteps()).isEqualTo(240);
    }

    @Test
    void aNormAboveTheLimitIsReportedAsItIs() {
        trainings.gradientNorm = 2e8;
        assertThat(reason(gated())).isEqualTo(new Rejection.Unstable(1, 2e8));
    }

    @Test
    void aWeakLastAnchorSparesTheFullTrainingOfAllOthers() {
        trainings.scripts.get(2).loss = GUESSING + 0.05; // passes the first gate, not the second
        var outcome = gated();
        var reason = (Rejection.HighLoss) reason(outcome);
        assertThat(reason.anchor()).isEqualTo("efficientnet");
        assertThat(reason.step()).isEqualTo(40);
        assertThat(reason.limit()).isCloseTo(GUESSING + 0.03, within(1e-12));
        assertThat(outcome.spent().steps()).isEqualTo(120);
        assertThat(outcome.spent().savedSteps()).isEqualTo(120);
    }

    @Test
    void aGateOfOneAnchorLooksAtNoOther() {
        gates = List.of(new QualityGate.Loss(0.25, 0.1, null), new QualityGate.Loss(0.5, 0.03, List.of("resnet")));
        trainings.scripts.get(2).loss = GUESSING + 0.05;
        assertThat(gated()).isInstanceOf(Outcome.Scored.class);
        trainings.scripts.get(0).loss = GUESSING + 0.05;
        assertThat(((Rejection.HighLoss) reason(gated())).step()).isEqualTo(40);
    }

    @Test
    void theLiteralAccuracyGateCountsSearchImages() {
        gates = List.of(new QualityGate.Accuracy(100, 0.2, null));
        trainings.scripts.get(1).correct = 199;
        assertThat(reason(gated())).isEqualTo(new Rejection.LowAccuracy("mobilenetv2", 80, 199, 1000, 0.2));
        assertThat(trainings.events).contains("look 0", "look 1").doesNotContain("score 0");
    }

    @Test
    void aFinishedAnchorAtChanceSparesTheNextOnes() {
        trainings.scripts.get(0).correct = 124;
        var outcome = gated();
        assertThat(reason(outcome)).isEqualTo(new Rejection.LowAccuracy("resnet", 80, 124, 1000, 0.125));
        assertThat(((Outcome.Rejected) outcome).soFar()).hasSize(1);
        assertThat(outcome.spent().steps()).isEqualTo(80 + 40 + 40);
    }

    @Test
    void theRemainingAscentStepsAreForTheBetterHalfAlone() {
        trainings.blowsUpAtAscent = 20;
        var worse = new Evaluate(trainings).evaluate(request(true, false, 0.41, ScoredOn.SEARCH), Watcher.NONE);
        assertThat(worse).isInstanceOf(Outcome.Scored.class);
        var better = new Evaluate(trainings).evaluate(request(true, false, 0.4, ScoredOn.SEARCH), Watcher.NONE);
        assertThat(reason(better)).isEqualTo(new Rejection.Unstable(20, Double.MAX_VALUE));
        betterHalfOnly = false;
        var always = new Evaluate(trainings).evaluate(request(true, false, 0.99, ScoredOn.SEARCH), Watcher.NONE);
        assertThat(reason(always)).isInstanceOf(Rejection.Unstable.class);
    }

    @Test
    void aLossThatIsNotFiniteIsARejectionWithItsStep() {
        trainings.scripts.get(1).brokenAt = 33;
        assertThat(reason(gated())).isEqualTo(new Rejection.NotFinite("mobilenetv2", 33));
        trainings.scripts.get(1).brokenAt = 77; // after the gates
        var late = gated();
        assertThat(reason(late)).isEqualTo(new Rejection.NotFinite("mobilenetv2", 77));
        assertThat(late.spent().steps()).isEqualTo(80 + 77 + 40);
    }

    @Test
    void slownessIsJudgedAgainstBatchNormOfTheSameAnchorAfterEightSteps() {
        trainings.scripts.get(0).stepMillis = 121;
        assertThat(reason(gated())).isEqualTo(new Rejection.TooSlow("resnet", 12.1, 12));
        assertThat(trainings.events).contains("train 0 to 8").doesNotContain("train 0 to 20");
        trainings.events.clear();
        slowerThanBatchNorm = 0;
        assertThat(gated()).isInstanceOf(Outcome.Scored.class);
        assertThat(trainings.events).doesNotContain("train 0 to 8");
    }

    @Test
    void withoutGatesNothingIsCheckedAndABrokenAnchorScoresZero() {
        trainings.blowsUpAtAscent = 1;
        trainings.scripts.get(0).loss = 99;
        trainings.scripts.get(1).brokenAt = 3;
        trainings.scripts.get(2).correct = 1;
        var outcome = (Outcome.Scored) new Evaluate(trainings)
                .evaluate(request(false, false, null, ScoredOn.CONFIRM_AND_TEST), Watcher.NONE);
        assertThat(trainings.events).doesNotContain("ascend", "train 0 to 20");
        assertThat(outcome.scores()).extracting(AnchorScore::correct).containsExactly(400, 0, 1);
        assertThat(outcome.scores()).extracting(AnchorScore::total).containsOnly(500);
        assertThat(outcome.scores()).extracting(AnchorScore::test).containsExactly(new AnchorScore.Count(4000, 10_000),
                new AnchorScore.Count(0, 10_000), new AnchorScore.Count(10, 10_000));
        assertThat(outcome.scores().get(1).loss()).isEqualTo(Double.MAX_VALUE);
        assertThat(outcome.scores().get(1).steps()).isEqualTo(3);
    }

    @Test
    void testImagesAreCountedOnlyWhereTheyAreAskedFor() {
        new Evaluate(trainings).evaluate(request(false, false, null, ScoredOn.CONFIRM), Watcher.NONE);
        assertThat(trainings.events).contains("score 2").doesNotContain("test 0", "test 1", "test 2");
    }

    @Test
    void anAuditedRejectionIsTrainedToTheEndAndCountedApart() {
        trainings.scripts.get(0).loss = GUESSING + 0.2;
        trainings.scripts.get(2).brokenAt = 50;
        var outcome = (Outcome.Rejected) new Evaluate(trainings)
                .evaluate(request(true, true, null, ScoredOn.SEARCH), Watcher.NONE);
        assertThat(outcome.reason()).isInstanceOf(Rejection.HighLoss.class);
        assertThat(outcome.soFar()).isEmpty();
        assertThat(outcome.audit()).extracting(AnchorScore::correct).containsExactly(400, 400, 0);
        assertThat(outcome.spent().auditSteps()).isEqualTo(60 + 80 + 50);
        assertThat(outcome.spent().steps()).isEqualTo(20 + 60 + 80 + 50);
        assertThat(outcome.spent().savedSteps()).isZero();
    }

    @Test
    void onlyQualityRejectionsAreAudited() {
        trainings.blowsUpAtAscent = 1;
        var outcome = (Outcome.Rejected) new Evaluate(trainings)
                .evaluate(request(true, true, null, ScoredOn.SEARCH), Watcher.NONE);
        assertThat(outcome.audit()).isEmpty();
        assertThat(outcome.spent().steps()).isZero();
    }

    @Test
    void observingSaysWhatTheGatesWouldHaveSaidAndTrainsOn() {
        trainings.scripts.get(0).loss = GUESSING + 0.2;
        trainings.scripts.get(1).brokenAt = 79;
        trainings.scripts.get(2).correct = 100;
        var judged = new Evaluate(trainings).observe(request(false, false, null, ScoredOn.SEARCH), Watcher.NONE);
        assertThat(((Outcome.Scored) judged.outcome()).scores()).extracting(AnchorScore::correct)
                .containsExactly(400, 0, 100);
        assertThat(judged.ignored()).hasSize(5);
        assertThat(judged.ignored()).filteredOn(Rejection.HighLoss.class::isInstance).hasSize(2);
        assertThat(judged.ignored()).filteredOn(Rejection.LowAccuracy.class::isInstance).hasSize(2);
        assertThat(judged.ignored()).filteredOn(Rejection.NotFinite.class::isInstance).hasSize(1);
    }

    @Test
    void whatTheEngineThrowsIsAFailureAndNotAFactAboutTheLayer() {
        assertThat(failure(new IllegalStateException("shape"))).isInstanceOf(Failure.EngineError.class);
        assertThat(failure(new OutOfMemoryError("heap"))).isInstanceOf(Failure.OutOfMemory.class);
        assertThat(failure(new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you tried")))
                .isInstanceOf(Failure.OutOfMemory.class);
        assertThatThrownBy(() -> failure(new Abandoned())).isInstanceOf(Abandoned.class);
    }

    @Test
    void whatGoesWrongBeforeTheFirstStepOrAfterTheLastIsAFailureToo() {
        var order = request(true, false, null, ScoredOn.SEARCH);
        var before = new Evaluate((request, alive) -> {
            throw new IllegalStateException("no device");
        }).evaluate(order, Watcher.NONE);
        assertThat(((Outcome.Failed) before).reason())
                .isEqualTo(new Failure.EngineError("IllegalStateException: no device"));
        trainings.closing = () -> {
            throw new IllegalStateException("not freed");
        };
        var after = new Evaluate(trainings).evaluate(order, Watcher.NONE);
        assertThat(((Outcome.Failed) after).reason())
                .isEqualTo(new Failure.EngineError("IllegalStateException: not freed"));
    }

    @Test
    void imagesWithoutRoomAreTheMachinesFaultAndNotTheLayers() {
        var outcome = new Evaluate((request, alive) -> {
            throw new OutOfMemoryError("Java heap space");
        }).evaluate(request(true, false, null, ScoredOn.SEARCH), Watcher.NONE);
        assertThat(((Outcome.Failed) outcome).reason()).isInstanceOfSatisfying(Failure.DataUnavailable.class,
                failure -> assertThat(failure.what()).startsWith("no room for the images in a heap of "));
    }

    @Test
    void fetchingAndCountingAreSignsOfLifeAndMayBeAbandoned() {
        int[] signs = {0};
        var listening = new Watcher() {
            @Override
            public void onStep(int anchor, int step, int steps) {
                // counted elsewhere
            }

            @Override
            public void onWork() {
                signs[0]++;
            }
        };
        new Evaluate((request, alive) -> {
            alive.run();
            alive.run();
            throw new IOException("no images");
        }).evaluate(request(true, false, null, ScoredOn.SEARCH), listening);
        assertThat(signs[0]).isEqualTo(2);
        var evaluate = new Evaluate((request, alive) -> {
            alive.run();
            throw new IllegalStateException("not reached");
        });
        assertThatThrownBy(() -> evaluate.evaluate(request(true, false, null, ScoredOn.SEARCH), new Watcher() {
            @Override
            public void onStep(int anchor, int step, int steps) {
                // not reached
            }

            @Override
            public void onWork() {
                throw new Abandoned();
            }
        })).isInstanceOf(Abandoned.class);
    }

    private Failure failure(Throwable problem) {
        var outcome = new Evaluate(trainings).evaluate(request(true, false, null, ScoredOn.SEARCH),
                (anchor, step, steps) -> {
                    if (problem instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) problem;
                });
        return ((Outcome.Failed) outcome).reason();
    }

    @Test
    void missingImagesAreAFailureWithTheirOneLine() {
        var outcome = new Evaluate((request, alive) -> {
            throw new IOException("data_batch_1.bin has 3 bytes, expected 30730000");
        }).evaluate(request(true, false, null, ScoredOn.SEARCH), Watcher.NONE);
        assertThat(((Outcome.Failed) outcome).reason())
                .isEqualTo(new Failure.DataUnavailable("data_batch_1.bin has 3 bytes, expected 30730000"));
    }
}
