package dev.normforge.web;

import dev.normforge.protocol.SearchSpec;
import dev.normforge.report.SearchView;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a search is.
 *
 * @param done share of the present phase, 0 to 1; in evolution of the limit that will be met first
 * @param settled evaluations of the present phase that have ended
 * @param ordered evaluations of the present phase in all; null in evolution, where nobody knows
 * @param arrivalsPerMinute over the last fifty arrivals; null before there are two
 */
record Progress(double done, long settled, @Nullable Long ordered, @Nullable Double arrivalsPerMinute) {

    /**
     * @param ordered evaluations of confirmation, once its last round is ordered; null before
     * @param audited refused layers that were trained all the same
     */
    static Progress of(SearchView search, SearchSpec spec, long settled, @Nullable Long ordered, long audited,
            @Nullable Double arrivalsPerMinute) {
        return switch (search.phase()) {
            case "CALIBRATION" -> counted(settled,
                    (long) spec.calibration().references().size() * spec.calibration().seeds(), arrivalsPerMinute);
            case "EVOLUTION" ->
                new Progress(evolution(search, spec.budget(), audited), settled, null, arrivalsPerMinute);
            case "CONFIRMATION" -> counted(settled,
                    ordered == null ? confirmations(spec.confirmation()) : ordered, arrivalsPerMinute);
            default -> new Progress(1, settled, null, arrivalsPerMinute);
        };
    }

    /** One run for each of the field, then all seeds for each finalist and reference. */
    private static long confirmations(SearchSpec.Confirmation confirmation) {
        return confirmation.field()
                + (long) confirmation.seeds() * (confirmation.finalists() + confirmation.references().size());
    }

    private static Progress counted(long settled, long ordered, @Nullable Double rate) {
        return new Progress(ordered == 0 ? 0 : Math.min(1.0, (double) settled / ordered), settled, ordered, rate);
    }

    private static double evolution(SearchView search, SearchSpec.Budget budget, long audited) {
        return DoubleStream
                .of(share(search.trained(), budget.candidates()), share(search.stepsSpent(), budget.steps()),
                        share(audited, budget.audits()), share(search.activeMillis() / 60_000.0, budget.minutes()))
                .max().orElse(0);
    }

    private static double share(double spent, @Nullable Number limit) {
        return limit == null ? 0 : Math.min(1, spent / limit.doubleValue());
    }
}
