package dev.normforge.worker.gate;

import dev.normforge.protocol.Rejection;
import dev.normforge.protocol.Rejections;
import dev.normforge.protocol.Rejections.QualityGate;
import dev.normforge.worker.data.Images;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The looks at an anchor in mid-training: too weak by loss or accuracy, or too slow.
 *
 * @param rules of the proxy
 * @param steps of a full training
 */
record QualityGates(Rejections rules, int steps) {

    /** A median of fewer steps would judge by the first ones, which are slow for every layer. */
    static final int STEPS_TO_TIME = 8;
    private static final double GUESSING = Math.log(Images.CLASSES);

    /** At which steps to look at an anchor, in order. */
    List<Integer> looks(String anchor) {
        var gates = rules.gates().stream().filter(gate -> gate.on(anchor)).mapToInt(gate -> gate.step(steps));
        boolean timed = rules.slowerThanBatchNorm() > 0 && steps >= STEPS_TO_TIME;
        return IntStream.concat(gates, timed ? IntStream.of(STEPS_TO_TIME) : IntStream.empty()).sorted().distinct()
                .boxed().toList();
    }

    /** What the gates at this very step say. */
    Optional<Rejection> judge(String anchor, AnchorTraining training) {
        return rules.gates().stream().filter(gate -> gate.on(anchor) && gate.step(steps) == training.step())
                .flatMap(gate -> judge(gate, anchor, training).stream()).findFirst();
    }

    private Optional<Rejection> judge(QualityGate gate, String anchor, AnchorTraining training) {
        return switch (gate) {
            case QualityGate.Loss(var _, var margin, var _) -> {
                double loss = training.recentLoss();
                yield loss <= GUESSING + margin
                        ? Optional.empty()
                        : Optional.of(new Rejection.HighLoss(anchor, training.step(), loss, GUESSING + margin));
            }
            case QualityGate.Accuracy(var _, var required, var _) -> {
                var count = training.searchCount();
                yield count.accuracy() >= required
                        ? Optional.empty()
                        : Optional.of(new Rejection.LowAccuracy(anchor, training.step(), count.correct(), count.total(),
                                required));
            }
        };
    }

    /** Whether a step takes too long beside BN-ReLU's. */
    Optional<Rejection> judgeTime(String anchor, AnchorTraining training, double batchNormStepMillis) {
        double times = training.medianStepMillis() / batchNormStepMillis;
        return times > rules.slowerThanBatchNorm()
                ? Optional.of(new Rejection.TooSlow(anchor, times, rules.slowerThanBatchNorm()))
                : Optional.empty();
    }
}
