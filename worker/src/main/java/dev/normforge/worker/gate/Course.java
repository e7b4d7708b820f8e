package dev.normforge.worker.gate;

import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.AnchorScore.Count;
import dev.normforge.protocol.AnchorScore.CurvePoint;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Outcome.Spent;
import dev.normforge.protocol.Rejection;
import dev.normforge.worker.data.ProxyImages;
import dev.normforge.worker.training.StepListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One evaluation while it runs: its trainings, what they have scored, and what the gates have said. */
final class Course implements AutoCloseable {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What a rejection does. */
    enum Mode {
        /** Nothing is checked. */
        OFF,
        /** It ends the evaluation. */
        ENFORCE,
        /** It is noted. */
        OBSERVE
    }

    private final EvaluationRequest request;
    private final Trainings.Bench bench;
    private final Watcher watcher;
    private final LongSupplier nanoTime;
    private final long started;
    private final int anchors;
    private final int steps;
    private final QualityGates gates;
    private final StabilityGate stability;
    private final @Nullable AnchorTraining[] trainings;
    private final @Nullable AnchorScore[] scores;
    private final long[] nanos;
    private final List<Rejection> ignored = new ArrayList<>();
    private Mode mode;

    Course(EvaluationRequest request, Trainings.Bench bench, Watcher watcher, Mode mode, LongSupplier nanoTime,
            long started) {
        this.request = request;
        this.bench = bench;
        this.watcher = watcher;
        this.mode = mode;
        this.nanoTime = nanoTime;
        this.started = started;
        var rules = request.proxy().rejections();
        anchors = request.proxy().anchors().size();
        steps = request.proxy().training().steps();
        gates = new QualityGates(rules, steps);
        stability = new StabilityGate(rules.stability(), watcher);
        trainings = new AnchorTraining[anchors];
        scores = new AnchorScore[anchors];
        nanos = new long[anchors];
    }

    Outcome run() {
        var reason = firstAscentSteps().or(this::allGates).or(() -> finish(0)).or(this::remainingAscentSteps)
                .or(this::otherAnchors);
        if (reason.isEmpty()) {
            return new Outcome.Scored(scored(), spent(0, 0));
        }
        var soFar = scored();
        int stepsAtRejection = steps();
        if (!request.audit() || reason.get().stage() != Rejection.Stage.QUALITY) {
            return new Outcome.Rejected(reason.get(), soFar, List.of(),
                    spent(0, anchors * steps - stepsAtRejection));
        }
        mode = Mode.OFF;
        for (int anchor = 0; anchor < anchors; anchor++) {
            finish(anchor);
        }
        return new Outcome.Rejected(reason.get(), soFar, scored(), spent(steps() - stepsAtRejection, 0));
    }

    /** Rejections that were noted and did nothing. */
    List<Rejection> ignored() {
        return ignored;
    }

    Spent spent(int auditSteps, int savedSteps) {
        return new Spent(steps(), auditSteps, savedSteps, (nanoTime.getAsLong() - started) / NANOS_PER_MILLI);
    }

    private int steps() {
        return Arrays.stream(trainings).filter(Objects::nonNull).mapToInt(AnchorTraining::step).sum();
    }

    private List<AnchorScore> scored() {
        return Arrays.stream(scores).filter(Objects::nonNull).toList();
    }

    private Optional<Rejection> firstAscentSteps() {
        if (mode == Mode.OFF) {
            return Optional.empty();
        }
        return stability.first(training(request.proxy().rejections().stability().anchor())).flatMap(this::rule);
    }

    private Optional<Rejection> remainingAscentSteps() {
        if (mode == Mode.OFF) {
            return Optional.empty();
        }
        return stability.rest(Objects.requireNonNull(scores[0]).accuracy(), request.stabilityFloor())
                .flatMap(this::rule);
    }

    private Optional<Rejection> allGates() {
        return mode == Mode.OFF ? Optional.empty() : first(IntStream.range(0, anchors), this::gates);
    }

    private Optional<Rejection> otherAnchors() {
        return first(IntStream.range(1, anchors), this::finish);
    }

    private Optional<Rejection> gates(int anchor) {
        if (restores(anchor)) { // the gates' losses and accuracies are those of classifiers
            return Optional.empty();
        }
        return first(gates.looks(name(anchor)).stream().mapToInt(Integer::intValue), look -> {
            if (!advance(anchor, look)) {
                return notFinite(anchor);
            }
            return gates.judge(name(anchor), training(anchor)).flatMap(this::rule)
                    .or(() -> look == QualityGates.STEPS_TO_TIME ? time(anchor) : Optional.empty());
        });
    }

    private Optional<Rejection> time(int anchor) {
        if (request.proxy().rejections().slowerThanBatchNorm() == 0) {
            return Optional.empty();
        }
        return gates.judgeTime(name(anchor), training(anchor), bench.batchNormStepMillis(anchor)).flatMap(this::rule);
    }

    /** Trains an anchor to its end and counts. */
    private Optional<Rejection> finish(int anchor) {
        if (scores[anchor] != null) {
            return Optional.empty();
        }
        boolean finite = advance(anchor, steps);
        var broken = finite ? Optional.<Rejection>empty() : notFinite(anchor);
        if (broken.isPresent()) {
            return broken;
        }
        var score = score(anchor, finite);
        scores[anchor] = score;
        watcher.onScore(score, nanos[anchor] / NANOS_PER_SECOND);
        double required = request.proxy().rejections().finalAccuracy();
        if (mode == Mode.OFF || restores(anchor) || score.accuracy() >= required) {
            return Optional.empty();
        }
        return rule(new Rejection.LowAccuracy(score.anchor(), score.steps(), score.correct(), score.total(), required));
    }

    private AnchorScore score(int anchor, boolean finite) {
        long before = nanoTime.getAsLong();
        var training = training(anchor);
        var count = finite ? training.scoreCount() : new Count(0, training.scored());
        Count test = null;
        if (request.scoredOn() == ScoredOn.CONFIRM_AND_TEST) {
            test = finite ? training.testCount() : new Count(0, ProxyImages.TEST);
        }
        var measured = training.measured();
        watcher.onWork();
        nanos[anchor] += nanoTime.getAsLong() - before;
        var curve = training.curve().stream().map(point -> new CurvePoint(point.step(), storable(point.loss())))
                .toList();
        return new AnchorScore(name(anchor), count.correct(), count.total(), test, storable(training.recentLoss()),
                training.step(), training.medianStepMillis(), curve, measured);
    }

    /** JSON has no infinity: the largest double stands for what is not finite. */
    private static double storable(double loss) {
        return Double.isFinite(loss) ? loss : Double.MAX_VALUE;
    }

    private boolean advance(int anchor, int step) {
        long before = nanoTime.getAsLong();
        var training = training(anchor);
        if (training.finite()) {
            training.advanceTo(step, told(anchor));
        }
        nanos[anchor] += nanoTime.getAsLong() - before;
        return training.finite();
    }

    private StepListener told(int anchor) {
        return new StepListener() {
            @Override
            public void onStep(int step, double loss) {
                watcher.onStep(anchor, step, steps);
            }

            @Override
            public void onWork() {
                watcher.onWork();
            }
        };
    }

    private Optional<Rejection> notFinite(int anchor) {
        var rejection = new Rejection.NotFinite(name(anchor), training(anchor).step());
        return ignored.contains(rejection) ? Optional.empty() : rule(rejection); // later looks find it again
    }

    private Optional<Rejection> rule(Rejection rejection) {
        if (mode == Mode.ENFORCE) {
            return Optional.of(rejection);
        }
        ignored.add(rejection);
        return Optional.empty();
    }

    private AnchorTraining training(int anchor) {
        var training = trainings[anchor];
        if (training == null) {
            training = bench.start(anchor);
            trainings[anchor] = training;
        }
        return training;
    }

    private String name(int anchor) {
        return request.proxy().anchors().get(anchor).name();
    }

    private boolean restores(int anchor) {
        return request.proxy().anchors().get(anchor).family().restores();
    }

    /** What happens first, and nothing after it. */
    private static Optional<Rejection> first(IntStream places, IntFunction<Optional<Rejection>> check) {
        return places.mapToObj(check).flatMap(Optional::stream).findFirst();
    }

    /** Closes all of them, whatever one of them throws: their memory is not the heap's. */
    @Override
    public void close() {
        close(0);
    }

    private void close(int from) {
        if (from == anchors) {
            stability.close();
            return;
        }
        try (var _ = trainings[from]) {
            close(from + 1);
        }
    }
}
