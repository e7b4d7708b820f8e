package dev.normforge.worker.training;

import dev.normforge.graph.Moment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Exponential averages of one slot's statistics, kept ← decay·kept + (1 − decay)·seen, for every aggregation over the batch on
 * its own. Means start at 0, variances and means of squares at 1, as in BatchNorm. Where a step's batch is normalized in
 * parts, all of its parts count as one update with their mean, so that a decay is one of steps.
 */
final class StepAverages {

    private final double decay;
    private final Map<Integer, double[]> kept = new HashMap<>();
    private final Map<Integer, Seen> step = new HashMap<>();

    /** What the parts of a step's batch brought so far. */
    private static final class Seen {
        private final double[] sum;
        private int parts;

        Seen(int length) {
            sum = new double[length];
        }
    }

    StepAverages(double decay) {
        this.decay = decay;
    }

    /** Notes what a part of a step's batch brought. */
    void see(int term, Moment moment, double[] numbers) {
        kept.computeIfAbsent(term, _ -> start(moment, numbers.length));
        var seen = step.computeIfAbsent(term, _ -> new Seen(numbers.length));
        seen.parts++;
        for (int i = 0; i < numbers.length; i++) {
            seen.sum[i] += numbers[i];
        }
    }

    /** The average as it would be after a step that brings {@code numbers} alone. */
    double[] ahead(int term, Moment moment, double[] numbers) {
        return updated(before(term, moment, numbers.length), numbers);
    }

    /** The average before the step that is under way. */
    double[] before(int term, Moment moment, int length) {
        var average = kept.get(term);
        return average == null ? start(moment, length) : average.clone();
    }

    /** A step is done: its mean joins the averages. */
    void endStep() {
        step.forEach((term, seen) -> {
            for (int i = 0; i < seen.sum.length; i++) {
                seen.sum[i] /= seen.parts;
            }
            kept.computeIfPresent(term, (_, average) -> updated(average, seen.sum));
        });
        step.clear();
    }

    private double[] updated(double[] average, double[] numbers) {
        double[] next = new double[average.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = decay * average[i] + (1 - decay) * numbers[i];
        }
        return next;
    }

    private static double[] start(Moment moment, int length) {
        double[] values = new double[length];
        Arrays.fill(values, moment == Moment.MEAN ? 0 : 1);
        return values;
    }

    /** What evaluation uses. */
    PopulationMoments population() {
        return new PopulationMoments(Map.copyOf(kept), StepAverages::start);
    }
}
