package dev.normforge.search;

import dev.normforge.dispatch.Dispatch;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.report.Calibration;
import dev.normforge.report.SearchSummaries;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Foretells what a specification will cost, from what an earlier search of the same proxy has measured. */
@Component
public class Forecasts {

    private final JdbcClient jdbc;
    private final SearchSummaries summaries;
    private final Dispatch dispatch;

    Forecasts(JdbcClient jdbc, SearchSummaries summaries, Dispatch dispatch) {
        this.jdbc = jdbc;
        this.summaries = summaries;
        this.dispatch = dispatch;
    }

    /**
     * @param stepMillis of a step on one anchor
     * @param stepsOfOne training steps that a candidate cost, most being given up early; 0 where none was trained
     */
    private record Measured(String search, double stepMillis, double stepsOfOne) {
    }

    public Forecast of(SearchSpec spec) {
        int anchors = spec.proxy().anchors().size();
        int calibration = spec.calibration().references().size() * spec.calibration().seeds();
        var plan = ConfirmationPlan.ladder(spec, spec.confirmation().field()).getFirst();
        int slots = dispatch.slots();
        int steps = spec.proxy().training().steps();
        return new Forecast(anchors, calibration, (long) calibration * anchors * steps, plan.firstRuns(),
                plan.secondRuns(), (long) (plan.firstRuns() + plan.secondRuns()) * anchors * plan.steps(),
                mostSteps(spec, (long) anchors * steps), slots,
                measured(spec).map(found -> timing(spec, plan, calibration, slots, found)).orElse(null));
    }

    private static @Nullable Long mostSteps(SearchSpec spec, long ofOne) {
        var budget = spec.budget();
        var limits = Stream.of(Optional.ofNullable(budget.candidates()).map(candidates -> candidates * ofOne),
                Optional.ofNullable(budget.steps())).flatMap(Optional::stream);
        return limits.min(Long::compare).orElse(null);
    }

    private static Forecast.Timing timing(SearchSpec spec, ConfirmationPlan plan, int calibration, int slots,
            Measured found) {
        var reserve = new Reserve(spec);
        int workers = Math.max(1, slots);
        long before = reserve.searching(calibration, found.stepMillis(), workers);
        long after = reserve.both(plan, found.stepMillis(), workers);
        return new Forecast.Timing(found.search(), before, evolution(spec, found, workers, before + after), after);
    }

    /** @param others of the search's other phases, which its minutes have to hold as well */
    private static @Nullable Long evolution(SearchSpec spec, Measured found, int workers, long others) {
        var budget = spec.budget();
        var ofCandidates = budget.candidates() == null || found.stepsOfOne() == 0
                ? Optional.<Double>empty()
                : Optional.of(budget.candidates() * found.stepsOfOne() * found.stepMillis() / workers);
        var ofSteps = Optional.ofNullable(budget.steps()).map(steps -> steps * found.stepMillis() / workers);
        var ofMinutes = Optional.ofNullable(budget.minutes()).map(minutes -> Math.max(0, 60_000 * minutes - others));
        return Stream.of(ofCandidates, ofSteps, ofMinutes).flatMap(Optional::stream).min(Double::compare)
                .map(Math::round).orElse(null);
    }

    private Optional<Measured> measured(SearchSpec spec) {
        return jdbc.sql("""
                select id, name, calibration::text from search
                 where kind = 'SEARCH' and calibration is not null and spec -> 'proxy' = cast(:proxy as jsonb)
                 order by id desc limit 1""").param("proxy", ProtocolJson.write(spec.proxy()))
                .query((row, _) -> measured(row.getLong(1), row.getString(2), Calibration.read(row.getString(3))))
                .optional().filter(found -> found.stepMillis() > 0);
    }

    private Measured measured(long id, String name, Calibration calibration) {
        var baseline = calibration.reference(ConfirmationPlan.BASELINE);
        var steps = baseline != null && !baseline.stepMillis().isEmpty()
                ? baseline.stepMillis()
                : calibration.references().stream().map(Calibration.Baseline::stepMillis)
                        .filter(one -> !one.isEmpty()).findFirst().orElse(List.of());
        var funnel = summaries.funnel(id);
        return new Measured(name, steps.stream().mapToDouble(Double::doubleValue).average().orElse(0),
                funnel.trained() == 0 ? 0 : (double) funnel.stepsSpent() / funnel.trained());
    }
}
