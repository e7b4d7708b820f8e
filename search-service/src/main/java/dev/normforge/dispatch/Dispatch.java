package dev.normforge.dispatch;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.normforge.queue.Departure;
import dev.normforge.queue.EvaluationTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Repository;

/** Evaluations on their way to a worker: scheduled and withdrawn in the caller's transaction. */
@Repository
public class Dispatch {

    /** A worker that was not seen for this long has no slot to count with. */
    private static final Duration LIVE = Duration.ofSeconds(60);

    /** Within this time of one worker's start, others of the same service may follow. */
    private static final Duration STARTING = Duration.ofSeconds(5);
    /** Within this time of a worker's death, its place may be filled again. */
    private static final Duration REPLACED = Duration.ofSeconds(15);

    private static final int LEAST_WAITING = 2;
    private static final int SLOTS_PER_WAITING = 4;

    private final SchedulerClient client;
    private final JdbcClient jdbc;

    Dispatch(DataSource dataSource, JdbcClient jdbc) {
        this.client = EvaluationTask.client(new TransactionAwareDataSourceProxy(dataSource));
        this.jdbc = jdbc;
    }

    /**
     * Queues these evaluations, in this order among their equals. Their time is the database's, which workers go by: a
     * coordinator whose own clock is ahead would make them wait, one whose clock is behind would push in.
     */
    public void schedule(List<Unsettled> evaluations) {
        if (evaluations.isEmpty()) {
            return;
        }
        var now = now();
        for (int i = 0; i < evaluations.size(); i++) {
            var one = evaluations.get(i);
            client.schedule(EvaluationTask.instance(one.evaluation(), one.priority()), now.plusNanos(1000L * i));
        }
    }

    private Instant now() {
        return jdbc.sql("select clock_timestamp()").query((row, _) -> row.getTimestamp(1).toInstant()).single();
    }

    /** Evaluations of a search that wait: queued and not picked. */
    public int waiting(long search) {
        return jdbc.sql("""
                select count(*) from scheduled_tasks t join evaluation e on e.id = t.task_instance::bigint
                 where t.task_name = :task and not t.picked and e.search_id = :search""")
                .param("task", EvaluationTask.NAME).param("search", search).query(Integer.class).single();
    }

    /** Takes what waits out of the queue; {@link #unsettled} brings it back. */
    public void withdraw(long search) {
        jdbc.sql(
                """
                        delete from scheduled_tasks t using evaluation e
                         where t.task_name = :task and not t.picked and e.id = t.task_instance::bigint and e.search_id = :search""")
                .param("task", EvaluationTask.NAME).param("search", search).update();
    }

    /** An evaluation without an outcome that is not in the queue. */
    public record Unsettled(long evaluation, EvaluationTask.Priority priority) {
    }

    /** All of them, in the order in which they were written. */
    public List<Unsettled> unsettled(long search) {
        return unsettled(search, Integer.MAX_VALUE);
    }

    /** The first of them. */
    public List<Unsettled> unsettled(long search, int most) {
        return jdbc.sql("""
                select e.id, e.purpose from evaluation e
                 where e.search_id = :search
                   and not exists (select 1 from outcome o where o.evaluation_id = e.id)
                   and not exists (select 1 from scheduled_tasks t
                                    where t.task_name = :task and t.task_instance = e.id::text)
                 order by e.id limit :most""")
                .param("task", EvaluationTask.NAME).param("search", search).param("most", most)
                .query((row, _) -> new Unsettled(row.getLong("id"),
                        EvaluationTask.Priority.valueOf(row.getString("purpose"))))
                .list();
    }

    /** How many evaluations of one search shall wait, so that no worker is idle and searches beside it get their share. */
    public static int depth(int slots) {
        return Math.max(LEAST_WAITING, slots / SLOTS_PER_WAITING);
    }

    /** Workers that live: as many evaluations run at once. */
    public int slots() {
        return jdbc.sql("""
                select count(*) from worker where stopped_at is null
                   and seen_at > clock_timestamp() - make_interval(secs => :seconds)""")
                .param("seconds", LIVE.toSeconds()).query(Integer.class).single();
    }

    /**
     * Who will train.
     *
     * @param places of workers that live, or that died a moment ago and are about to be replaced by one that can train
     * @param settled whether there is one and none has started within the last seconds, so that no more are to be expected
     */
    public record Crew(int places, boolean settled) {
    }

    /** A local worker's name says whose child it is and in which place, after the time of its start. */
    public Crew crew() {
        return jdbc
                .sql("""
                        select count(distinct host || ' ' || regexp_replace(name, '^local-[^-]+-', '')) as places,
                               coalesce(bool_and(started_at < clock_timestamp() - make_interval(secs => :starting))
                                        filter (where stopped_at is null), false) as settled
                          from worker
                         where (stopped_at is null and seen_at > clock_timestamp() - make_interval(secs => :live))
                            or (stopped_at > clock_timestamp() - make_interval(secs => :replaced)
                                and stop_reason <> :finished and not starts_with(stop_reason, :unfit))""")
                .param("starting", STARTING.toSeconds()).param("live", LIVE.toSeconds())
                .param("replaced", REPLACED.toSeconds()).param("finished", Departure.FINISHED)
                .param("unfit", Departure.UNFIT)
                .query((row, _) -> new Crew(row.getInt("places"), row.getBoolean("settled"))).single();
    }
}
