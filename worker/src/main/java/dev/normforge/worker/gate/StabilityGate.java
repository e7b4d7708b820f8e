package dev.normforge.worker.gate;

import dev.normforge.protocol.Rejection;
import dev.normforge.protocol.Rejections.Stability;
import dev.normforge.worker.training.GradientProbe;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stability test (EvoNorms, section on rejection): gradient ascent on the norm of the gradient, from initial weights. A
 * layer whose norm passes the limit would blow up in a deeper network. A few steps tell the worst; the rest follow only for
 * layers worth it.
 */
final class StabilityGate implements AutoCloseable {

    private final Stability rule;
    private final Watcher watcher;
    private @Nullable GradientProbe probe;
    private int step;

    StabilityGate(Stability rule, Watcher watcher) {
        this.rule = rule;
        this.watcher = watcher;
    }

    /** The first ascent steps, on a copy of that training's network before its first step. */
    Optional<Rejection> first(AnchorTraining training) {
        if (rule.firstSteps() == 0) {
            return Optional.empty();
        }
        probe = training.probe(rule.images());
        return ascendTo(rule.firstSteps());
    }

    /**
     * The remaining ascent steps.
     *
     * @param floor accuracy of the first anchor from which they run; null for always
     */
    Optional<Rejection> rest(double accuracy, @Nullable Double floor) {
        boolean worthIt = !rule.betterHalfOnly() || floor == null || accuracy >= floor;
        return worthIt ? ascendTo(rule.steps()) : Optional.empty();
    }

    private Optional<Rejection> ascendTo(int target) {
        var ascent = probe;
        while (ascent != null && step < target) {
            double norm = ascent.ascend(rule.rate());
            step++;
            watcher.onWork();
            if (!(norm <= rule.limit())) { // also where the norm is not a number
                close();
                return Optional.of(new Rejection.Unstable(step, Double.isFinite(norm) ? norm : Double.MAX_VALUE));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (probe != null) {
            probe.close();
            probe = null;
        }
    }
}
