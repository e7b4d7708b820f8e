package dev.normforge.worker.gate;

import dev.normforge.protocol.AnchorScore.Count;
import dev.normforge.protocol.AnchorScore.CurvePoint;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Measured;
import dev.normforge.worker.data.ProxyImages;
import dev.normforge.worker.training.GradientProbe;
import dev.normforge.worker.training.StepListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trainings that do as they are told and write down what was asked of them. */
final class ScriptedTrainings implements Trainings {

    static final int SEARCH = 1000;
    static final int CONFIRM = 500;

    final List<String> events = new ArrayList<>();
    final List<Script> scripts = new ArrayList<>();
    double gradientNorm = 10;
    int blowsUpAtAscent = Integer.MAX_VALUE;
    int open;
    Runnable closing = () -> {
    };

    /** How one anchor behaves. */
    static final class Script {
        double loss = 1.5;
        int brokenAt = Integer.MAX_VALUE;
        int correct = 400;
        double stepMillis = 10;
        double batchNormMillis = 10;
        @Nullable
        Measured measured;
    }

    ScriptedTrainings(int anchors) {
        for (int i = 0; i < anchors; i++) {
            scripts.add(new Script());
        }
    }

    @Override
    public Bench prepare(EvaluationRequest request, Runnable alive) throws IOException {
        return new Bench() {
            @Override
            public AnchorTraining start(int anchor) {
                events.add("start " + anchor);
                open++;
                int total = switch (request.scoredOn()) {
                    case SEARCH -> SEARCH;
                    case CONFIRM, CONFIRM_AND_TEST -> CONFIRM;
                    case TEST -> ProxyImages.TEST;
                };
                return new Scripted(anchor, total);
            }

            @Override
            public double batchNormStepMillis(int anchor) {
                return scripts.get(anchor).batchNormMillis;
            }
        };
    }

    private final class Scripted implements AnchorTraining {

        private final int anchor;
        private final int total;
        private final Script script;
        private int step;

        Scripted(int anchor, int total) {
            this.anchor = anchor;
            this.total = total;
            this.script = scripts.get(anchor);
        }

        @Override
        public void advanceTo(int target, StepListener onStep) {
            while (step < target && finite()) {
                step++;
                onStep.onStep(step, script.loss);
            }
            events.add("train %d to %d".formatted(anchor, step));
        }

        @Override
        public boolean finite() {
            return step < script.brokenAt;
        }

        @Override
        public int step() {
            return step;
        }

        @Override
        public double recentLoss() {
            return finite() ? script.loss : Double.NaN;
        }

        @Override
        public List<CurvePoint> curve() {
            return List.of(new CurvePoint(step, recentLoss()));
        }

        @Override
        public double medianStepMillis() {
            return script.stepMillis;
        }

        @Override
        public Count searchCount() {
            events.add("look " + anchor);
            return new Count(script.correct, SEARCH);
        }

        @Override
        public Count scoreCount() {
            events.add("score " + anchor);
            return new Count(script.correct, total);
        }

        @Override
        public int scored() {
            return total;
        }

        @Override
        public Count testCount() {
            events.add("test " + anchor);
            return new Count(10 * script.correct, ProxyImages.TEST);
        }

        @Override
        public @Nullable Measured measured() {
            return script.measured;
        }

        @Override
        public GradientProbe probe(int images) {
            events.add("probe %d at step %d".formatted(anchor, step));
            open++;
            return new GradientProbe() {
                private int ascents;

                @Override
                public double ascend(double rate) {
                    ascents++;
                    events.add("ascend");
                    return ascents < blowsUpAtAscent ? gradientNorm : Double.POSITIVE_INFINITY;
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }

        @Override
        public void close() {
            open--;
            closing.run();
        }
    }
}
