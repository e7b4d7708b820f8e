package dev.normforge.fleet;

import static dev.normforge.fleet.Workers.instant;

import dev.normforge.fleet.Activity.Done;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what some workers did of late, from the outcomes that they settled. */
@Repository
public class Activities {

    private static final String RATES = """
            select w.id, r.evaluations / span.seconds * 60 as per_minute, r.steps / span.seconds as per_second
              from worker w
              cross join lateral (select greatest(1, least(:seconds, extract(epoch from
                  coalesce(w.stopped_at, clock_timestamp()) - w.started_at)))::double precision as seconds) span
              cross join lateral (select count(*) as evaluations, coalesce(sum(o.steps), 0) as steps from outcome o
                  where o.worker_id = w.id and o.settled_at > clock_timestamp() - make_interval(secs => :seconds)) r
             where w.id in (:workers) order by w.id
            """;

    private static final String DONE = """
            select o.worker_id, o.evaluation_id, o.settled_at, o.device_ms, o.kind, o.stage, o.reason, o.steps, s.name,
                   s.kind = 'COMPARISON' as comparison, e.birth, e.reference
              from unnest(array[:workers]::bigint[]) as w (id)
              cross join lateral (%s) o
              join evaluation e on e.id = o.evaluation_id
              join search s on s.id = e.search_id
             order by o.worker_id, o.settled_at, o.evaluation_id
            """;

    private static final String SETTLED = DONE.formatted("""
            select * from outcome where worker_id = w.id and settled_at > :from
            order by settled_at desc limit :limit""");

    private static final String REFUSED = DONE.formatted("""
            select * from outcome where worker_id = w.id and kind <> 'SCORED' order by settled_at desc limit 1""");

    /** More evaluations of one worker are not told apart on a screen. */
    static final int MOST_DONE = 1000;
    /** Shared evenly by the workers that are asked for. */
    static final int MOST_IN_ALL = 4000;

    private final JdbcClient jdbc;

    Activities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One moment's view.
     *
     * @param workers ids, at least one
     * @param back how far
     * @param since nothing that was settled before, where that is later; a reader who has the rest asks from a few seconds
     *        before the last it has, since results are not seen in the order of their times
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Activity read(Collection<Long> workers, Duration back, @Nullable Instant since) {
        var now = jdbc.sql("select clock_timestamp()").query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .single().toInstant();
        var earliest = now.minus(back);
        var from = since == null || since.isBefore(earliest) ? earliest : since;
        int most = Math.min(MOST_DONE, MOST_IN_ALL / workers.size());
        var settled = new HashMap<Long, List<Done>>();
        read(SETTLED, workers, Map.of("from", from.atOffset(ZoneOffset.UTC), "limit", most + 1), settled);
        var refused = new HashMap<Long, List<Done>>();
        read(REFUSED, workers, Map.of(), refused);
        var all = jdbc.sql(RATES).param("seconds", Workers.RATE_SECONDS).param("workers", workers)
                .query((row, _) -> worker(row, settled, refused, most)).list();
        return new Activity(now, from, all);
    }

    private void read(String sql, Collection<Long> workers, Map<String, Object> params, Map<Long, List<Done>> found) {
        jdbc.sql(sql).param("workers", workers).params(params).query(
                row -> {
                    found.computeIfAbsent(row.getLong("worker_id"), _ -> new ArrayList<>()).add(done(row));
                });
    }

    private static Activity.OfWorker worker(ResultSet row, Map<Long, List<Done>> settled,
            Map<Long, List<Done>> refused, int most) throws SQLException {
        long id = row.getLong("id");
        var done = settled.getOrDefault(id, List.of());
        boolean cut = done.size() > most;
        var refusal = refused.getOrDefault(id, List.of());
        return new Activity.OfWorker(id, row.getDouble("per_minute"), row.getDouble("per_second"),
                refusal.isEmpty() ? null : refusal.getFirst(), cut ? done.subList(1, done.size()) : done, cut);
    }

    private static Done done(ResultSet row) throws SQLException {
        var settled = instant(row, "settled_at");
        return new Done(row.getLong("evaluation_id"), settled.minusMillis(row.getLong("device_ms")), settled,
                row.getString("kind"), row.getString("stage"), row.getString("reason"), row.getInt("steps"),
                row.getString("name"), row.getBoolean("comparison"), row.getObject("birth", Integer.class),
                row.getString("reference"));
    }
}
