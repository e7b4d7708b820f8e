package dev.normforge.report;

import dev.normforge.front.Scores;
import dev.normforge.report.Funnel.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how audited layers ended. One whose audit did not stay finite ended at zero. */
final class AuditReading {

    private static final List<Stage> AUDITED = List.of(Stage.STACK, Stage.QUALITY);

    private static final String ENDS = """
            select a.stage, a.reason, coalesce((select avg((s ->> 'correct')::double precision / (s ->> 'total')::integer)
                                                from jsonb_array_elements(a.scores) as s), 0) as mean
            from (
              select c.screen_stage as stage, c.screen_rule as reason,
                     case o.kind when 'SCORED' then o.detail -> 'scores' else '[]' end as scores
              from evaluation e
              join outcome o on o.evaluation_id = e.id
              join candidate c on c.search_id = e.search_id and c.birth = e.birth
              where e.search_id = :search and e.purpose = 'AUDIT' and e.birth is not null and o.kind <> 'FAILED'
              union all
              select o.stage, o.reason || coalesce(' at step ' || (o.detail -> 'reason' ->> 'step'), ''),
                     o.detail -> 'audit'
              from evaluation e
              join outcome o on o.evaluation_id = e.id
              where e.search_id = :search and e.purpose = 'EVOLUTION' and e.birth is not null and e.audit
                and o.kind = 'REJECTED' and jsonb_array_length(o.detail -> 'audit') > 0) a
            """;

    private final JdbcClient jdbc;

    AuditReading(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record End(Stage stage, String reason, double mean) {
    }

    /** What became of some refused layers. */
    private record Tally(long audited, long falsely, @Nullable Interval rate) {
        static Tally of(List<End> ends, @Nullable Double threshold) {
            long falsely = threshold == null ? 0 : ends.stream().filter(end -> end.mean() >= threshold).count();
            return new Tally(ends.size(), falsely,
                    threshold == null || ends.isEmpty() ? null : Intervals.ofShare(falsely, ends.size()));
        }
    }

    /** @param calibrated whether calibration has ended */
    Audit read(long search, Funnel funnel, boolean calibrated) {
        var threshold = calibrated ? threshold(search) : null;
        var ends = jdbc.sql(ENDS).param("search", search)
                .query((row, number) -> new End(Stage.valueOf(row.getString("stage")), row.getString("reason"),
                        row.getDouble("mean")))
                .list();
        var stages = new ArrayList<Audit.Row>();
        for (var stage : AUDITED) {
            stages.add(row(stage, funnel.count(stage),
                    ends.stream().filter(end -> end.stage() == stage).toList(), threshold));
        }
        return new Audit(threshold, stages);
    }

    /** A run that diverged says nothing about what the layer reaches: as zero it would make every refusal look false. */
    private @Nullable Double threshold(long search) {
        OptionalDouble mean = new Measurements(jdbc).ofCalibration(search).stream()
                .filter(run -> Calibrating.UNNORMALIZED.equals(run.reference()) && !run.diverged())
                .map(Measurement::scores).filter(Objects::nonNull).mapToDouble(Scores::mean).average();
        return mean.isPresent() ? (Double) mean.getAsDouble() : null;
    }

    private static Audit.Row row(Stage stage, long rejected, List<End> ends, @Nullable Double threshold) {
        var all = Tally.of(ends, threshold);
        var reasons = ends.stream().collect(Collectors.groupingBy(End::reason)).entrySet().stream()
                .map(one -> reason(one.getKey(), Tally.of(one.getValue(), threshold)))
                .sorted(Comparator.comparing(Audit.Reason::audited).reversed().thenComparing(Audit.Reason::reason))
                .toList();
        return new Audit.Row(stage, rejected, all.audited(), all.falsely(), all.rate(), reasons);
    }

    private static Audit.Reason reason(String name, Tally tally) {
        return new Audit.Reason(name, tally.audited(), tally.falsely(), tally.rate());
    }
}
