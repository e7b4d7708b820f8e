package dev.normforge.search;

import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.SearchSpec;
import java.util.List;

/**
 * How long confirmation will take, from what trainings took so far. A training's cost is counted in training steps, an
 * evaluated batch as a third of one (a forward pass of forward, gradient of inputs, gradient of weights).
 */
final class Reserve {

    private static final double BATCHES_PER_STEP = 3;
    private static final int TEST_IMAGES = 10_000;
    /** Later layers may be slower than the measured ones, and runs do not pack perfectly. */
    private static final double MARGIN = 1.15;
    /** Of an order: less than was kept for it, so that it is cut only where workers became slower than they were. */
    private static final double MARGIN_OF_AN_ORDER = 1.05;
    /** Scheduling, polling and the report. */
    private static final long FIXED_MILLIS = 4_000;

    private final SearchSpec spec;

    Reserve(SearchSpec spec) {
        this.spec = spec;
    }

    /**
     * A complete training on all anchors.
     *
     * @param steps over all anchors
     * @param millis scoring included
     */
    record Run(ScoredOn scoredOn, long steps, long millis) {
    }

    /**
     * Milliseconds to keep for what is in training and for both rounds of confirmation.
     *
     * @param millis that {@code steps} steps of complete trainings took, scoring included
     * @param slots workers
     */
    long millis(long millis, long steps, int slots) {
        if (steps == 0) {
            return FIXED_MILLIS;
        }
        var asked = ConfirmationPlan.ladder(spec, spec.confirmation().field()).getFirst();
        int searchSteps = spec.proxy().training().steps();
        double ofOne = searchSteps + scoring(ScoredOn.SEARCH);
        double perStep = millis / (steps * ofOne / searchSteps);
        double work = first(asked, slots) + second(asked, slots);
        double drain = 2 * ofOne;
        return FIXED_MILLIS + Math.round(perStep * spec.proxy().anchors().size() * (MARGIN * work + drain));
    }

    /** Milliseconds that a step on one anchor took in these runs; 0 where there are none. */
    double perStep(List<Run> runs) {
        double millis = runs.stream().mapToDouble(Run::millis).sum();
        double steps = runs.stream()
                .mapToDouble(run -> run.steps() + scoring(run.scoredOn()) * spec.proxy().anchors().size()).sum();
        return steps == 0 ? 0 : millis / steps;
    }

    /** Milliseconds of both rounds of a plan, where a step takes {@code perStep}. */
    long both(ConfirmationPlan plan, double perStep, int slots) {
        return order(first(plan, slots) + second(plan, slots), perStep);
    }

    /** Milliseconds of the second round alone. */
    long last(ConfirmationPlan plan, double perStep, int slots) {
        return order(second(plan, slots), perStep);
    }

    /** Milliseconds of so many trainings as in the search itself. */
    long searching(int runs, double perStep, int slots) {
        double work = waves(runs, slots) * (spec.proxy().training().steps() + scoring(ScoredOn.SEARCH));
        return Math.round(perStep * spec.proxy().anchors().size() * work);
    }

    private long order(double work, double perStep) {
        return FIXED_MILLIS + Math.round(MARGIN_OF_AN_ORDER * perStep * spec.proxy().anchors().size() * work);
    }

    private double first(ConfirmationPlan plan, int slots) {
        return waves(plan.firstRuns(), slots) * (plan.steps() + scoring(ScoredOn.CONFIRM));
    }

    private double second(ConfirmationPlan plan, int slots) {
        return waves(plan.secondRuns(), slots) * (plan.steps() + scoring(ScoredOn.CONFIRM_AND_TEST));
    }

    /** In steps on one anchor. */
    private double scoring(ScoredOn images) {
        var data = spec.proxy().data();
        return switch (images) {
            case SEARCH -> batches(data.search());
            case CONFIRM -> batches(data.confirm() + statisticsImages());
            case CONFIRM_AND_TEST -> batches(data.confirm() + statisticsImages() + TEST_IMAGES);
            case TEST -> batches(statisticsImages() + TEST_IMAGES);
        };
    }

    private int statisticsImages() {
        return spec.confirmation().statistics() instanceof BatchStatistics.Precise(var images, var _) ? images : 0;
    }

    private double batches(int images) {
        return images / (BATCHES_PER_STEP * spec.proxy().training().batch());
    }

    private static double waves(int runs, int workers) {
        return Math.ceil((double) runs / Math.max(1, workers));
    }
}
