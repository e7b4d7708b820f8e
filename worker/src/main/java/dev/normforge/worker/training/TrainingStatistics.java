package dev.normforge.worker.training;

import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.layer.BatchMoments;
import dev.normforge.worker.layer.Slot;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/** The statistics over the batch of all slots of a network in training. */
final class TrainingStatistics {

    private final BatchStatistics statistics;
    private final int steps;
    private final List<SlotMoments> slots;
    private boolean frozen;

    /**
     * @param slots of the network, in order
     * @param watched averages that may be asked for although training does not use them
     * @param progress share of the training that is done
     */
    TrainingStatistics(ProxySpec proxy, List<Slot> slots, List<BatchStatistics.Moving> watched,
            DoubleSupplier progress) {
        this.statistics = proxy.statistics();
        this.steps = proxy.training().steps();
        this.slots = slots.stream()
                .map(slot -> new SlotMoments(statistics, slot.ownStatistics(), watched, progress)).toList();
    }

    /** For a training step. */
    List<BatchMoments> inTraining() {
        return List.copyOf(slots);
    }

    /** A step is done, with all parts of its batch. */
    void endStep() {
        slots.forEach(SlotMoments::endStep);
    }

    /**
     * Whether population statistics are to take the place of the batch's own before the next step.
     *
     * @param done steps
     */
    boolean freezesAfter(int done) {
        return !frozen && statistics instanceof BatchStatistics.Frozen(double lastShare, var _)
                && done >= (1 - lastShare) * steps - 1e-9; // rounding delays by a step
    }

    /**
     * Population statistics take the place of the batch's own until the end.
     *
     * @param population one for each slot; empty where none needs any
     */
    void freeze(List<BatchMoments> population) {
        frozen = !population.isEmpty();
        IntStream.range(0, population.size()).filter(slot -> !slots.get(slot).isOwn())
                .forEach(slot -> slots.get(slot).freeze(population.get(slot)));
    }

    boolean isFrozen() {
        return frozen;
    }

    /**
     * For a pass that measures the population: the batch's own, watched, but where a slot's statistics are its own.
     *
     * @param watchers one for each slot
     */
    List<BatchMoments> measuredBy(List<PreciseMoments> watchers) {
        return IntStream.range(0, slots.size()).<BatchMoments>mapToObj(slot -> slots.get(slot).isOwn()
                ? slots.get(slot).inEvaluation(statistics, null)
                : watchers.get(slot)).toList();
    }

    /**
     * For evaluation.
     *
     * @param measured of the population, one for each slot; empty where nobody measured
     */
    List<BatchMoments> inEvaluation(BatchStatistics asked, List<BatchMoments> measured) {
        return IntStream.range(0, slots.size()).mapToObj(
                slot -> slots.get(slot).inEvaluation(asked, measured.isEmpty() ? null : measured.get(slot))).toList();
    }
}
