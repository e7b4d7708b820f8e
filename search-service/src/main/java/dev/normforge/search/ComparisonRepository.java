package dev.normforge.search;

import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
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

/** A comparison's rows, as far as they are not those of any search. */
@Repository
class ComparisonRepository {

    private static final String SUMMARY = """
            select id, name, preset, data, intent, ending, ending_note, revision, created_at, finished_at, evolution,
                   simplifier
              from search where kind = 'COMPARISON'
            """;

    private final JdbcClient jdbc;

    ComparisonRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ComparisonSummary> find(String name) {
        return jdbc.sql(SUMMARY + " and name = :name").param("name", name).query(ComparisonRepository::summary)
                .optional();
    }

    Optional<ComparisonSummary> find(SearchId id) {
        return jdbc.sql(SUMMARY + " and id = :id").param("id", id.value()).query(ComparisonRepository::summary)
                .optional();
    }

    /** Youngest first. */
    List<ComparisonSummary> list(long before, int most) {
        return jdbc.sql(SUMMARY + " and id < :before order by id desc limit :most").param("before", before)
                .param("most", most).query(ComparisonRepository::summary).list();
    }

    private static ComparisonSummary summary(ResultSet row, int number) throws SQLException {
        var ending = row.getString("ending");
        return new ComparisonSummary(new SearchId(row.getLong("id")), row.getString("name"), row.getString("preset"),
                row.getString("data"), Intent.valueOf(row.getString("intent")),
                ending == null ? null : Ending.valueOf(ending), row.getString("ending_note"), row.getLong("revision"),
                Objects.requireNonNull(instant(row, "created_at")), instant(row, "finished_at"),
                ending == null
                        ? Versions.difference(Kind.COMPARISON, row.getInt("evolution"), row.getInt("simplifier"))
                        : null);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Minutes after which nothing is begun; empty for no limit. */
    Optional<Double> minutes(SearchId id) {
        return jdbc.sql("""
                select (spec ->> 'minutes')::double precision from search
                 where id = :id and jsonb_typeof(spec -> 'minutes') = 'number'""").param("id", id.value())
                .query(Double.class).optional();
    }

    /** Takes what workers settled out of the inbox. @return how many */
    int absorb(SearchId id) {
        return jdbc.sql("update outcome set absorbed = true where search_id = :id and not absorbed")
                .param("id", id.value()).update();
    }

    /** Whether every run has ended and is absorbed. */
    boolean over(SearchId id) {
        return jdbc.sql("""
                select not exists (select 1 from evaluation e left join outcome o on o.evaluation_id = e.id
                                    where e.search_id = :id and (o.evaluation_id is null or not o.absorbed))""")
                .param("id", id.value()).query(Boolean.class).single();
    }

    /**
     * Ends what is not in the queue as cancelled. To be called when what waits has been withdrawn, in a statement before: what
     * a worker picked in the meantime is still in the queue then.
     *
     * @return how many
     */
    int giveUpUnqueued(SearchId id) {
        return jdbc
                .sql("""
                        insert into outcome (evaluation_id, search_id, kind, reason, detail, steps, audit_steps, saved_steps, device_ms)
                        select e.id, e.search_id, 'FAILED', 'cancelled', :detail::jsonb, 0, 0, 0, 0
                          from evaluation e
                         where e.search_id = :id
                           and not exists (select 1 from outcome o where o.evaluation_id = e.id)
                           and not exists (select 1 from scheduled_tasks t where t.task_name = :task and t.task_instance = e.id::text)
                         order by e.id on conflict (evaluation_id) do nothing""")
                .param("id", id.value()).param("task", EvaluationTask.NAME)
                .param("detail", ProtocolJson.write(new Outcome.Failed(new Failure.Cancelled(), Outcome.Spent.NOTHING)))
                .update();
    }
}
