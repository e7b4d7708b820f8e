package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.ComparisonPlan;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must hold of the rows of a comparison that has ended, whatever was killed. */
record ComparisonLedger(JdbcClient jdbc, SearchId id) {

    long number(String sql) {
        return jdbc.sql(sql).param("id", id.value()).query(Long.class).single();
    }

    /** Every training is there once with every seed, and each has one outcome; nothing is left to do. */
    void balances(ComparisonPlan plan) {
        assertThat(number("select count(*) from evaluation where search_id = :id")).as("runs").isEqualTo(plan.runs());
        assertThat(
                number("""
                        select count(distinct (round, replicate)) from evaluation where search_id = :id and purpose = 'COMPARISON'"""))
                .as("different runs").isEqualTo(plan.runs());
        assertThat(number("""
                select count(*) from evaluation e left join outcome o on o.evaluation_id = e.id
                 where e.search_id = :id and (o.evaluation_id is null or not o.absorbed)"""))
                .as("runs without an absorbed outcome").isZero();
        assertThat(number("""
                select count(*) from evaluation e join search s on s.id = e.search_id
                 where s.id = :id and e.seed <> s.seed + e.replicate""")).as("runs with a seed of their own").isZero();
        assertThat(number("""
                select count(*) from scheduled_tasks t join evaluation e on e.id = t.task_instance::bigint
                 where e.search_id = :id and not t.picked""")).as("queue").isZero();
        assertThat(number("select count(*) from superseded s join evaluation e on e.id = s.evaluation_id"
                + " where e.search_id = :id")).as("trainings for nothing").isZero();
    }
}
