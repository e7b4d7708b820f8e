package dev.normforge.report;

import dev.normforge.report.Funnel.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how audited layers ended. One whose audit did not stay finite ended at zero. */
final class AuditReading {

    private static final List<Stage> AUDITED = List.of(Stage.STACK, Stage.QUALITY);

    private static final String ENDS = """
            select a.stage, coalesce((select avg((s ->> 'correct')::double precision / (s ->> 'total')::integer)
                                      from jsonb_array_elements(a.scores) as s), 0) as mean
            from (
              select c.screen_stage as stage, case o.kind when 'SCORED' then o.detail -> 'scores' else '[]' end as scores
              from evaluation e
              join outcome o on o.evaluation_id = e.id
              join candidate c on c.search_id = e.search_id and c.birth = e.birth
              where e.search_id = :search and e.purpose = 'AUDIT' and e.birth is not null and o.kind <> 'FAILED'
              union all
              select o.stage, o.detail -> 'audit'
              from evaluation e
              join outcome o on o.evaluation_id = e.id
              where e.search_id = :search and e.purpose = 'EVOLUTION' and e.birth is not null and e.audit
                and o.kind = 'REJECTED' and jsonb_array_length(o.detail -> 'audit') > 0) a
            """;

    private final JdbcClient jdbc;

    AuditReading(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record End(Stage stage, double mean) {
    }

    Audit read(long search, Funnel funnel, @Nullable Calibration calibration) {
        var plain = calibration == null ? null : calibration.reference(Calibrating.UNNORMALIZED);
        Double threshold = plain == null ? null : plain.accuracy().mean();
        var ends = jdbc.sql(ENDS).param("search", search)
                .query((row, number) -> new End(Stage.valueOf(row.getString("stage")), row.getDouble("mean"))).list();
        var stages = new ArrayList<Audit.Row>();
        for (var stage : AUDITED) {
            stages.add(row(stage, funnel.count(stage), ends, threshold));
        }
        return new Audit(threshold, stages);
    }

    private static Audit.Row row(Stage stage, long rejected, List<End> all, @Nullable Double threshold) {
        var ends = all.stream().filter(end -> end.stage() == stage).toList();
        long falsely = threshold == null ? 0 : ends.stream().filter(end -> end.mean() >= threshold).count();
        var rate = threshold == null || ends.isEmpty() ? null : Intervals.ofShare(falsely, ends.size());
        return new Audit.Row(stage, rejected, ends.size(), falsely, rate);
    }
}
