package dev.normforge.worker.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.AnchorSpec.Family;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Measured;
import dev.normforge.protocol.Measured.EvaluationPoint;
import dev.normforge.protocol.Measured.NetworkSize;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.Observation.Reading;
import dev.normforge.protocol.Observation.Reading.Source;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.Rejections;
import dev.normforge.protocol.Rejections.QualityGate;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.protocol.Training;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.engine.Torch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Guards against an order of a comparison that is scored on other images, judged by a search's rules, or answered in part. */
class ObservedOrderIsAnsweredInFullTest {

    private static final int STEPS = 20;
    private static final LayerGraph LAYER = NamedLayers.find("bn-relu").orElseThrow();

    private static ProxySpec proxy(List<Family> families, BatchStatistics statistics) {
        var anchors = families.stream().map(ObservedOrderIsAnsweredInFullTest::anchor).toList();
        return new ProxySpec(new DataSpec("synthetic", 16, 16, true, 640, 100, 50), anchors,
                new Training(STEPS, 32, 0.1, 0.9, 0, 4, Training.Schedule.COSINE), Numerics.DEFAULT, statistics,
                new Rejections(List.of(new QualityGate.Loss(0.25, 0.1, null)), 0.125,
                        new Rejections.Stability(0, 16, 0, 0, 0.1, 1e8, false), 12));
    }

    private static AnchorSpec anchor(Family family) {
        int stride = family.restores() ? 1 : 2;
        var name = family.toString().toLowerCase(Locale.ROOT).replace('_', '-');
        return new AnchorSpec(name, family, 1, 1, stride, 8, 0,
                List.of(new AnchorSpec.Stage(1, 8, 1, stride, 3)));
    }

    private static EvaluationRequest request(ProxySpec proxy, boolean gates, ScoredOn on,
            @Nullable Observation observation) {
        return new EvaluationRequest(0, new SlotLayer.Graph(LAYER), proxy, 1, gates, false, null, on, observation);
    }

    private static List<AnchorScore> scores(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Scored.class);
        return ((Outcome.Scored) outcome).scores();
    }

    @Test
    void theEngineCountsTestImagesReadingsAndPoints() {
        var observation = new Observation(
                List.of(new Reading("train", Source.TRAIN, new BatchStatistics.OfTheTestBatch(), null, false),
                        new Reading("moving", Source.SCORED, new BatchStatistics.Moving(0.9), null, false)),
                2);
        var signs = new int[1];
        var watcher = new Watcher() {
            @Override
            public void onStep(int anchor, int step, int steps) {
                // steps are no news here
            }

            @Override
            public void onWork() {
                signs[0]++;
            }
        };
        var proxy = proxy(List.of(Family.RESNET), new BatchStatistics.Frozen(0.25, 320));
        var score = scores(new Evaluate(new EngineTrainings(Torch.start(), new ImageLibrary(Map.of(), _ -> {
        }))).evaluate(request(proxy, false, ScoredOn.TEST, observation), watcher)).getFirst();
        assertThat(score.total()).isEqualTo(10_000);
        assertThat(score.test()).isNull();
        assertThat(score.correct()).as("of ten classes").isBetween(600, 10_000);
        var measured = Objects.requireNonNull(score.measured());
        assertThat(measured.psnr()).isNull();
        assertThat(measured.readings()).extracting(Measured.ReadingScore::total).containsExactly(640, 10_000);
        assertThat(measured.evaluations()).extracting(EvaluationPoint::step).containsExactly(10, 20);
        assertThat(measured.evaluations().getLast().correct()).isEqualTo(score.correct());
        // 79 batches of the test images three times, 20 of training images, twice 10 to measure the population.
        assertThat(signs[0]).isGreaterThanOrEqualTo(3 * 79 + 20 + 20);
        assertThat(ProtocolJson.read(ProtocolJson.write(score), AnchorScore.class)).isEqualTo(score);
    }

    @Test
    void theMainCountIsThatOfTheTestImagesAlsoOfABrokenRun() {
        var trainings = new ScriptedTrainings(2);
        trainings.scripts.get(1).brokenAt = 7;
        var proxy = proxy(List.of(Family.RESNET, Family.PLAIN), new BatchStatistics.OfTheTestBatch());
        var scores = scores(
                new Evaluate(trainings).evaluate(request(proxy, false, ScoredOn.TEST, null), Watcher.NONE));
        assertThat(scores).extracting(AnchorScore::correct).containsExactly(400, 0);
        assertThat(scores).extracting(AnchorScore::total).containsOnly(10_000);
        assertThat(trainings.events).doesNotContain("test 0", "test 1");
    }

    @Test
    void whatWasMeasuredIsHandedOnWithTheScore() {
        var trainings = new ScriptedTrainings(1);
        var measured = new Measured(new NetworkSize(1, 2, 3, 4), null, List.of(), List.of());
        trainings.scripts.getFirst().measured = measured;
        var proxy = proxy(List.of(Family.RESNET), new BatchStatistics.OfTheTestBatch());
        var score = scores(new Evaluate(trainings).evaluate(
                request(proxy, false, ScoredOn.CONFIRM, new Observation(List.of(), 0)), Watcher.NONE)).getFirst();
        assertThat(score.measured()).isSameAs(measured);
    }

    @Test
    void gatesForClassifiersDoNotJudgeRestoration() {
        var trainings = new ScriptedTrainings(1);
        var script = trainings.scripts.getFirst();
        script.loss = 5;
        script.correct = 0;
        var restoring = proxy(List.of(Family.DENOISING_UNET), new BatchStatistics.OfTheTestBatch());
        var judged = new Evaluate(trainings).observe(request(restoring, true, ScoredOn.SEARCH, null), Watcher.NONE);
        assertThat(judged.outcome()).isInstanceOf(Outcome.Scored.class);
        assertThat(judged.ignored()).isEmpty();
        var classifying = proxy(List.of(Family.PLAIN), new BatchStatistics.OfTheTestBatch());
        assertThat(new Evaluate(trainings).evaluate(request(classifying, true, ScoredOn.SEARCH, null), Watcher.NONE))
                .isInstanceOf(Outcome.Rejected.class);
    }
}
