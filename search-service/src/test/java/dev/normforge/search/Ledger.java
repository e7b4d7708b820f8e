package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A search's rows as questions. */
record Ledger(JdbcClient jdbc, SearchId id) {

    static Ledger of(JdbcClient jdbc, SearchId id) {
        return new Ledger(jdbc, id);
    }

    long number(String sql) {
        return jdbc.sql(sql).param("id", id.value()).query(Long.class).single();
    }

    String text(String sql) {
        return jdbc.sql(sql).param("id", id.value()).query(String.class).single();
    }

    /** Every birth ended in exactly one way, nothing is missing, nothing counts twice. */
    void balances() {
        assertThat(number(
                "select births - (select count(*) from candidate where search_id = :id) from search where id = :id"))
                .as("births without a row").isZero();
        assertThat(number("select coalesce(max(birth) + 1 - count(*), 0) from candidate where search_id = :id"))
                .as("gaps in births").isZero();
        assertThat(number(
                "select arrivals - (select count(*) from arrival where search_id = :id) from search where id = :id"))
                .as("arrivals without a row").isZero();
        assertThat(number("select coalesce(max(ordinal) - count(*), 0) from arrival where search_id = :id"))
                .as("gaps in ordinals").isZero();
        assertThat(number("""
                select count(*) from candidate c
                  left join arrival a on a.search_id = c.search_id and a.birth = c.birth
                  left join evaluation e on e.search_id = c.search_id and e.birth = c.birth
                        and e.purpose in ('EVOLUTION', 'AUDIT')
                  left join outcome o on o.evaluation_id = e.id
                 where c.search_id = :id and not case c.fate
                       when 'EVALUATED' then e.purpose = 'EVOLUTION' and o.absorbed and a.evaluation_id = e.id
                       when 'INHERITED' then e.id is null and a.ordinal is not null
                       else (e.id is null and a.ordinal is null and not c.audited)
                         or (c.audited and e.purpose = 'AUDIT' and o.absorbed and a.correct is null) end"""))
                .as("births that did not end in exactly one way").isZero();
        assertThat(number("""
                select (select births from search where id = :id)
                     - (select sum(candidates) from funnel where search_id = :id and stage <> 'AUDIT')"""))
                .as("births that the funnel does not count once").isZero();
        assertThat(number("""
                select (select coalesce(sum(o.steps), 0) from outcome o join evaluation e on e.id = o.evaluation_id
                         where e.search_id = :id and e.purpose in ('EVOLUTION', 'AUDIT'))
                     - (select coalesce(sum(steps_spent), 0) from funnel where search_id = :id)"""))
                .as("steps that the funnel does not count once").isZero();
        assertThat(number("select count(*) from outcome where search_id = :id and not absorbed")).as("inbox").isZero();
        assertThat(number("""
                select count(*) from scheduled_tasks t join evaluation e on e.id = t.task_instance::bigint
                 where e.search_id = :id and not t.picked""")).as("queue").isZero();
    }
}
