package dev.normforge.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.queue.EvaluationTask.Priority;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Coordinators and workers run on different machines: what is queued is due by the clock that they share. */
class SkewedClocksDelayTasksTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    /** A database whose clock is an hour behind: a coordinator that goes by its own would make every task wait an hour. */
    private PGSimpleDataSource anHourBehind() {
        JdbcClient.create(database.dataSource()).sql("""
                create schema skewed;
                create function skewed.clock_timestamp() returns timestamptz language sql volatile
                  return pg_catalog.clock_timestamp() - interval '1 hour'""").update();
        var skewed = new PGSimpleDataSource();
        skewed.setUrl(database.url());
        skewed.setCurrentSchema("skewed,pg_catalog,public");
        return skewed;
    }

    @Test
    void whatIsQueuedIsDueAtOnceAndInOrder() {
        var source = anHourBehind();
        var jdbc = JdbcClient.create(source);
        var dispatch = new Dispatch(source, jdbc);

        dispatch.schedule(List.of(new Dispatch.Unsettled(3, Priority.EVOLUTION),
                new Dispatch.Unsettled(1, Priority.AUDIT), new Dispatch.Unsettled(2, Priority.EVOLUTION)));

        assertThat(jdbc.sql("select count(*) from scheduled_tasks where execution_time <= clock_timestamp()")
                .query(Integer.class).single()).isEqualTo(3);
        assertThat(jdbc.sql("select task_instance from scheduled_tasks order by priority desc, execution_time")
                .query(String.class).list()).containsExactly("3", "1", "2");
        assertThat(jdbc.sql("select max(execution_time) from scheduled_tasks")
                .query((row, _) -> row.getTimestamp(1).toInstant()).single())
                .isBefore(Instant.now().minusSeconds(3000));
    }
}
