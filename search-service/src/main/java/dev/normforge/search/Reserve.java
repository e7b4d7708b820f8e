package dev.normforge.search;

import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.SearchSpec;

/**
 * How long confirmation will take, from what trainings took so far. A training's cost is counted in training steps, an
 * evaluated batch as a third of one (a forward pass of forward, gradient of inputs, gradient of weights).
 */
final class Reserve {

    private static final double BATCHES_PER_STEP = 3;
    private static final int TEST_IMAGES = 10_000;
    /** Later layers may be slower than the measured ones, and runs do not pack perfectly. */
    private static final double MARGIN = 1.15;
    /** Scheduling, polling and the report. */
    private static final long FIXED_MILLIS = 4_000;

    private final SearchSpec spec;

    Reserve(SearchSpec spec) {
        this.spec = spec;
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
        var confirmation = spec.confirmation();
        int searchSteps = spec.proxy().training().steps();
        double ofOne = searchSteps + batches(spec.proxy().data().search());
        double perStep = millis / (steps * ofOne / searchSteps);
        int workers = Math.max(1, slots);
        double anchors = spec.proxy().anchors().size();
        double first = confirmation.steps() + batches(spec.proxy().data().confirm() + statisticsImages());
        double second = first + batches(TEST_IMAGES);
        long firstRuns = confirmation.field() > confirmation.finalists() ? confirmation.field() : 0;
        long secondRuns = (long) confirmation.seeds()
                * (confirmation.finalists() + confirmation.references().size());
        double work = waves(firstRuns, workers) * first + waves(secondRuns, workers) * second;
        double drain = 2 * ofOne;
        return FIXED_MILLIS + Math.round(perStep * anchors * (MARGIN * work + drain));
    }

    private int statisticsImages() {
        return spec.confirmation().statistics() instanceof BatchStatistics.Precise(int images) ? images : 0;
    }

    private double batches(int images) {
        return images / (BATCHES_PER_STEP * spec.proxy().training().batch());
    }

    private static double waves(long runs, int workers) {
        return Math.ceil((double) runs / workers);
    }
}
