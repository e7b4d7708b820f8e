package dev.normforge.fleet;

import dev.normforge.queue.EvaluationTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the scheduler's table, which holds what waits and what is in training and nothing else. */
@Repository
public class Queues {

    /** What is tried again later is due later. */
    private static final String TASKS = """
            select count(*) filter (where not t.picked) as waiting, count(*) filter (where t.picked) as training,
                   (1000 * max(greatest(0, extract(epoch from clock_timestamp() - t.execution_time)))
                       filter (where not t.picked))::bigint as oldest
            """;

    private static final String ALL = TASKS + "from scheduled_tasks t where t.task_name = :task";

    private static final String BY_SEARCH = TASKS + """
                   , s.name, s.kind = 'COMPARISON' as comparison
              from scheduled_tasks t
              join evaluation e on e.id = case t.task_name when :task then t.task_instance::bigint end
              join search s on s.id = e.search_id
             group by s.id order by waiting desc, training desc, s.id limit :limit
            """;

    private static final String WORKERS = """
            select count(*) filter (where seen_at >= clock_timestamp() - make_interval(secs => :silent)) as live,
                   count(*) filter (where seen_at < clock_timestamp() - make_interval(secs => :silent)) as silent
              from worker where stopped_at is null
            """;

    private static final String RATE = """
            with present as (
              select id, started_at from worker
               where stopped_at is null or stopped_at > clock_timestamp() - make_interval(secs => :seconds)),
            span as (
              select greatest(1, least(:seconds, extract(epoch from clock_timestamp() - min(started_at))))::double precision
                     as seconds from present)
            select count(o.*) / max(span.seconds) * 60 as per_minute, coalesce(sum(o.steps), 0) / max(span.seconds) as per_second
              from span left join (
                select o.steps from present join outcome o
                    on o.worker_id = present.id and o.settled_at > clock_timestamp() - make_interval(secs => :seconds)
              ) o on true
            """;

    private final JdbcClient jdbc;

    Queues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Tasks(int waiting, int training, @Nullable Long oldest) {
        static Tasks of(ResultSet row, int number) throws SQLException {
            return new Tasks(row.getInt("waiting"), row.getInt("training"), row.getObject("oldest", Long.class));
        }
    }

    private record Pair(double first, double second) {
        static Pair of(ResultSet row, int number) throws SQLException {
            return new Pair(row.getDouble(1), row.getDouble(2));
        }
    }

    /** One moment's view. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Queue read() {
        var all = jdbc.sql(ALL).param("task", EvaluationTask.NAME).query(Tasks::of).single();
        var workers = jdbc.sql(WORKERS).param("silent", Workers.SILENT_SECONDS).query(Pair::of).single();
        var rate = jdbc.sql(RATE).param("seconds", Workers.RATE_SECONDS).query(Pair::of).single();
        return new Queue(all.waiting(), all.oldest(), all.training(), (int) workers.first(), (int) workers.second(),
                rate.first(), rate.second(), searches());
    }

    private List<Queue.OfSearch> searches() {
        return jdbc.sql(BY_SEARCH).param("task", EvaluationTask.NAME).param("limit", Workers.MOST_SEARCHES)
                .query((row, number) -> {
                    var tasks = Tasks.of(row, number);
                    return new Queue.OfSearch(row.getString("name"), row.getBoolean("comparison"), tasks.waiting(),
                            tasks.training(), tasks.oldest());
                }).list();
    }
}
