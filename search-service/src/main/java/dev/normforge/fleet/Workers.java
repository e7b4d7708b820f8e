package dev.normforge.fleet;

import dev.normforge.queue.EvaluationTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads worker processes. What it costs follows from how many are shown, not from what they have done. */
@Repository
public class Workers {

    /** Rates are taken over the last so many seconds. */
    static final int RATE_SECONDS = 300;
    static final int MOST_SEARCHES = 50;
    /** Five heartbeats: after the fourth what it trains is given to others. */
    static final int SILENT_SECONDS = 15;

    /** A heartbeat is seconds old; leases are what is true now. Where neither has an outcome, both mean the same. */
    private static final String LIVE = """
            with lease as (
              select distinct on (picked_by) picked_by, task_instance::bigint as evaluation, last_heartbeat
                from scheduled_tasks where task_name = :task and picked order by picked_by, last_heartbeat desc),
            live as (
              select w.*, l.last_heartbeat,
                     w.seen_at < clock_timestamp() - make_interval(secs => :silent) as silent,
                     coalesce(l.evaluation, case when not exists (
                       select 1 from outcome o where o.evaluation_id = w.evaluation_id) then w.evaluation_id end) as held
                from worker w left join lease l on l.picked_by = w.name where w.stopped_at is null)
            select w.id, w.name, w.host, w.pid, w.device, w.version, w.started_at, w.seen_at, w.silent, e.id as evaluation,
                   e.search_id, s.name as search_name, coalesce(s.kind = 'COMPARISON', false) as comparison, e.birth,
                   e.reference, p.formula, said.anchor, said.step, said.steps,
                   case when said.evaluation is null then w.last_heartbeat else w.evaluation_since end as since,
                   x.spec #>> array['anchors', said.anchor::text, 'name'] as anchor_name
              from live w
              left join evaluation e on e.id = w.held
              left join search s on s.id = e.search_id
              left join candidate c on c.search_id = e.search_id and c.birth = e.birth
              left join phenotype p on p.id = c.phenotype_id
              left join proxy x on x.hash = e.proxy_hash
              left join lateral (select w.evaluation_id as evaluation, w.anchor, w.step, w.steps
                                  where w.evaluation_id = e.id) said on true
             order by w.id
            """;

    private static final String STOPPED = """
            select w.id, w.name, w.host, w.pid, w.device, w.version, w.started_at, w.stopped_at, w.stop_reason,
                   e.id as evaluation, s.name as search_name, coalesce(s.kind = 'COMPARISON', false) as comparison,
                   e.birth, e.reference
              from worker w left join evaluation e on e.id = w.evaluation_id left join search s on s.id = e.search_id
             where w.stopped_at is not null and (w.stopped_at, w.id) < (:stopped::timestamptz, :id)
             order by w.stopped_at desc, w.id desc limit :limit
            """;

    private final JdbcClient jdbc;

    Workers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that have not stopped, by id. */
    public List<WorkerView> live() {
        return jdbc.sql(LIVE).param("task", EvaluationTask.NAME).param("silent", SILENT_SECONDS).query(Workers::view)
                .list();
    }

    private static WorkerView view(ResultSet row, int number) throws SQLException {
        var evaluation = row.getObject("evaluation", Long.class);
        var state = row.getBoolean("silent")
                ? WorkerView.State.SILENT
                : evaluation == null ? WorkerView.State.WAITING : WorkerView.State.TRAINING;
        return new WorkerView(row.getLong("id"), row.getString("name"), row.getString("host"), row.getLong("pid"),
                row.getString("device"), row.getString("version"), state, instant(row, "started_at"),
                instant(row, "seen_at"), evaluation, row.getObject("search_id", Long.class),
                row.getString("search_name"), row.getBoolean("comparison"), row.getObject("birth", Integer.class),
                row.getString("reference"), row.getString("formula"), row.getObject("anchor", Integer.class),
                row.getString("anchor_name"), row.getObject("step", Integer.class),
                row.getObject("steps", Integer.class), row.getObject("since") == null ? null : instant(row, "since"));
    }

    /**
     * Those that have stopped, the last first.
     *
     * @param before one of them, where the list goes on behind it; null for its beginning
     * @return empty if there is no such worker
     */
    public Optional<List<StoppedWorker>> stopped(@Nullable Long before, int limit) {
        var place = before == null
                ? Optional.of(new Place("infinity", 0))
                : jdbc.sql("select stopped_at::text from worker where id = :id and stopped_at is not null")
                        .param("id", before).query((row, _) -> new Place(row.getString(1), before)).optional();
        return place.map(behind -> jdbc.sql(STOPPED).param("stopped", behind.stoppedAt()).param("id", behind.id())
                .param("limit", limit).query(Workers::gone).list());
    }

    /** @param stoppedAt as the database writes it, to the last digit */
    private record Place(String stoppedAt, long id) {
    }

    private static StoppedWorker gone(ResultSet row, int number) throws SQLException {
        return new StoppedWorker(row.getLong("id"), row.getString("name"), row.getString("host"), row.getLong("pid"),
                row.getString("device"), row.getString("version"), instant(row, "started_at"),
                instant(row, "stopped_at"), Objects.requireNonNullElse(row.getString("stop_reason"), "unknown"),
                row.getObject("evaluation", Long.class), row.getString("search_name"), row.getBoolean("comparison"),
                row.getObject("birth", Integer.class), row.getString("reference"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
