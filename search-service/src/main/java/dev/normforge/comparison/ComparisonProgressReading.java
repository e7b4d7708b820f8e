package dev.normforge.comparison;

import dev.normforge.comparison.ComparisonProgress.Running;
import dev.normforge.dispatch.Dispatch;
import dev.normforge.queue.EvaluationTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far a comparison is, from its rows: a few hundred bytes however many runs it has. */
@Repository
public class ComparisonProgressReading {

    /** Once for each evaluation: beside the worker that is at it, one that is gone may still be said to be. */
    private static final String STEPS = """
            select evaluation_id, max(step) as step from worker
            where stopped_at is null and evaluation_id is not null group by evaluation_id""";

    /** A training has one anchor, so runs under one proxy are alike but for layer and seed. */
    private static final String TASKS = """
            select (p.spec #>> '{training,steps}')::integer as steps, count(*) as runs, count(o.evaluation_id) as done,
                   count(*) filter (where o.kind <> 'SCORED' and o.reason <> 'cancelled') as failed,
                   count(*) filter (where o.kind = 'SCORED') as scored,
                   coalesce(sum(o.device_ms) filter (where o.kind = 'SCORED'), 0) as millis,
                   coalesce(sum(w.step) filter (where o.evaluation_id is null), 0) as open_steps
            from evaluation e
            join proxy p on p.hash = e.proxy_hash
            left join outcome o on o.evaluation_id = e.id
            left join (%s) w on w.evaluation_id = e.id
            where e.search_id = :id group by p.hash
            """.formatted(STEPS);

    private static final String RUNNING = """
            select e.reference, e.seed, p.spec #>> '{anchors,0,name}' as anchor,
                   (p.spec #>> '{training,batch}')::integer as batch, (p.spec #>> '{training,steps}')::integer as steps, w.step
            from scheduled_tasks t
            join evaluation e on e.id = case t.task_name when '%s' then t.task_instance::bigint end
            join proxy p on p.hash = e.proxy_hash
            left join (%s) w on w.evaluation_id = e.id
            where e.search_id = :id and t.picked order by e.id
            """
            .formatted(EvaluationTask.NAME, STEPS);

    /** A coordinator brings {@code active_ms} up to date every second; a longer gap than ten means that none ran. */
    private static final String CLOCK = """
            select s.active_ms + case when s.phase <> 'FINISHED' and s.intent = 'RUN' and s.active_at is not null
                     then (1000 * least(10, extract(epoch from clock_timestamp() - s.active_at)))::bigint else 0 end as active,
                   (s.spec ->> 'minutes')::double precision * 60000 as limit_ms
            from search s where s.id = :id
            """;

    private final JdbcClient jdbc;
    private final Dispatch dispatch;

    ComparisonProgressReading(JdbcClient jdbc, Dispatch dispatch) {
        this.jdbc = jdbc;
        this.dispatch = dispatch;
    }

    private record Row(Estimate.Task task, int runs, int done, int failed) {
        long steps() {
            return (long) task.steps() * runs;
        }

        long stepsDone() {
            return (long) task.steps() * done + task.openSteps();
        }
    }

    private record Clock(long active, @Nullable Double limit) {
        @Nullable
        Long remaining(@Nullable Long estimate) {
            if (estimate == null || limit == null) {
                return estimate;
            }
            return Math.min(estimate, Math.max(0, Math.round(limit) - active));
        }
    }

    /** @param id of its row in {@code search} */
    public ComparisonProgress read(long id) {
        var rows = jdbc.sql(TASKS).param("id", id).query(ComparisonProgressReading::row).list();
        var clock = jdbc.sql(CLOCK).param("id", id).query(
                (row, _) -> new Clock(row.getLong("active"), row.getObject("limit_ms", Double.class))).single();
        List<Running> running = jdbc.sql(RUNNING).param("id", id).query(ComparisonProgressReading::running).list();
        var estimate = Estimate.remaining(rows.stream().map(Row::task).toList(), dispatch.slots());
        return new ComparisonProgress(rows.stream().mapToInt(Row::runs).sum(),
                rows.stream().mapToInt(Row::done).sum(), rows.stream().mapToInt(Row::failed).sum(),
                rows.stream().mapToLong(Row::steps).sum(), rows.stream().mapToLong(Row::stepsDone).sum(),
                dispatch.waiting(id), running, clock.active(), clock.remaining(estimate));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        int runs = row.getInt("runs");
        int done = row.getInt("done");
        return new Row(new Estimate.Task(row.getInt("steps"), runs - done, row.getLong("open_steps"),
                row.getInt("scored"), row.getLong("millis")), runs, done, row.getInt("failed"));
    }

    private static Running running(ResultSet row, int number) throws SQLException {
        return new Running(row.getString("reference"), row.getString("anchor"), row.getInt("batch"),
                row.getLong("seed"), row.getObject("step", Integer.class), row.getInt("steps"));
    }
}
