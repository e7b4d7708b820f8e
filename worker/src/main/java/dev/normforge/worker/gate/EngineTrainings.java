package dev.normforge.worker.gate;

import dev.normforge.graph.NamedLayers;
import dev.normforge.protocol.AnchorScore.Count;
import dev.normforge.protocol.AnchorScore.CurvePoint;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Measured;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.worker.data.ImageLibrary;
import dev.normforge.worker.data.ProxyImages;
import dev.normforge.worker.engine.Torch;
import dev.normforge.worker.training.GradientProbe;
import dev.normforge.worker.training.ObservedRun;
import dev.normforge.worker.training.StepListener;
import dev.normforge.worker.training.TrainingRun;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trainings on the PyTorch engine, with the images of this process. For one thread, set up by {@link Torch}. */
public final class EngineTrainings implements Trainings {

    private final Torch torch;
    private final ImageLibrary library;
    private final Map<Timed, Double> batchNormStepMillis = new HashMap<>();

    private record Timed(ProxySpec proxy, int anchor) {
    }

    public EngineTrainings(Torch torch, ImageLibrary library) {
        this.torch = torch;
        this.library = library;
    }

    @Override
    public Bench prepare(EvaluationRequest request, Runnable alive) throws IOException {
        var proxy = request.proxy();
        var images = library.load(proxy.data(), tested(request.scoredOn()), alive);
        return new Bench() {
            @Override
            public AnchorTraining start(int anchor) {
                var run = TrainingRun.start(torch, request.layer(), proxy.anchors().get(anchor), proxy,
                        images.images(), request.seed(), request.observation());
                var scored = images.scored(request.scoredOn());
                return new OnEngine(new ObservedRun(run, scored, alive), images, scored.count(), alive);
            }

            @Override
            public double batchNormStepMillis(int anchor) {
                return batchNormStepMillis.computeIfAbsent(new Timed(proxy, anchor),
                        timed -> timeBatchNorm(timed, images, request.seed(), alive));
            }
        };
    }

    private static boolean tested(ScoredOn on) {
        return on == ScoredOn.CONFIRM_AND_TEST || on == ScoredOn.TEST;
    }

    private double timeBatchNorm(Timed timed, ProxyImages images, long seed, Runnable alive) {
        var layer = new SlotLayer.Graph(NamedLayers.find("bn-relu").orElseThrow());
        try (var run = TrainingRun.start(torch, layer, timed.proxy().anchors().get(timed.anchor()), timed.proxy(),
                images.images(), seed)) {
            run.advanceTo(QualityGates.STEPS_TO_TIME, (_, _) -> alive.run());
            return run.medianStepMillis();
        }
    }

    private record OnEngine(ObservedRun observed, ProxyImages images, int scored, Runnable alive)
            implements
                AnchorTraining {

        @Override
        public void advanceTo(int step, StepListener onStep) {
            observed.advanceTo(step, onStep);
        }

        @Override
        public boolean finite() {
            return observed.run().finite();
        }

        @Override
        public int step() {
            return observed.run().step();
        }

        @Override
        public double recentLoss() {
            return observed.run().recentLoss();
        }

        @Override
        public List<CurvePoint> curve() {
            return observed.run().curve();
        }

        @Override
        public double medianStepMillis() {
            return observed.run().medianStepMillis();
        }

        @Override
        public Count searchCount() {
            return observed.run().evaluate(images.scored(ScoredOn.SEARCH), alive);
        }

        @Override
        public Count scoreCount() {
            return observed.scoreCount();
        }

        @Override
        public Count testCount() {
            return observed.run().evaluate(images.test(), alive);
        }

        @Override
        public @Nullable Measured measured() {
            return observed.measured();
        }

        @Override
        public GradientProbe probe(int count) {
            return observed.run().probe(count);
        }

        @Override
        public void close() {
            observed.close();
        }
    }
}
