package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What must hold of a search's rows whatever was killed, in SQL that knows nothing of the code that wrote them. */
final class Ledger {

    private Ledger() {
    }

    /** Every birth in exactly one final state, ordinals dense, nothing counted twice, nothing left to do. */
    static void check(Connection database, String search) throws SQLException {
        nothing(database, search, "births without a row", """
                select g from search s, generate_series(0, s.births - 1) g where s.name = ?
                and not exists (select 1 from candidate c where c.search_id = s.id and c.birth = g)
                """);
        nothing(database, search, "evaluated births without exactly one settled evolution outcome", """
                select c.birth from candidate c join search s on s.id = c.search_id
                where s.name = ? and c.fate = 'EVALUATED' and 1 <> (
                  select count(*) from evaluation e join outcome o on o.evaluation_id = e.id
                  where e.search_id = s.id and e.birth = c.birth and e.purpose = 'EVOLUTION')
                """);
        nothing(database, search, "evaluated or inherited births without exactly one arrival", """
                select c.birth from candidate c join search s on s.id = c.search_id
                where s.name = ? and c.fate <> 'SCREENED'
                and 1 <> (select count(*) from arrival a where a.search_id = s.id and a.birth = c.birth)
                """);
        nothing(database, search, "screened births that arrived or were trained in evolution", """
                select c.birth from candidate c join search s on s.id = c.search_id
                where s.name = ? and c.fate = 'SCREENED' and (
                  exists (select 1 from arrival a where a.search_id = s.id and a.birth = c.birth)
                  or exists (select 1 from evaluation e where e.search_id = s.id and e.birth = c.birth
                             and e.purpose = 'EVOLUTION'))
                """);
        nothing(database, search, "gaps in the ordinals of arrivals", """
                select s.arrivals from search s where s.name = ?
                and s.arrivals <> (select count(*) from arrival a where a.search_id = s.id)
                union all
                select max(a.ordinal) from arrival a join search s on s.id = a.search_id where s.name = ?
                having max(a.ordinal) <> count(*)
                """);
        nothing(database, search, "scored arrivals whose counts are not the sum of its settled results", """
                select a.birth from arrival a join search s on s.id = a.search_id
                where s.name = ? and a.correct is not null and a.total[1] <> (
                  select r.total from anchor_result r where r.evaluation_id = a.evaluation_id and r.anchor = 0)
                """);
        nothing(database, search, "evaluations without an outcome", """
                select e.id from evaluation e join search s on s.id = e.search_id where s.name = ?
                and not exists (select 1 from outcome o where o.evaluation_id = e.id)
                """);
        nothing(database, search, "funnel rows that do not add up to the births", """
                select sum(f.candidates) from funnel f join search s on s.id = f.search_id
                where s.name = ? and f.stage <> 'AUDIT'
                having sum(f.candidates) <> (select births from search where name = ?)
                """);
    }

    /** Every training has exactly one outcome with every seed, all scored, nothing beside them, nothing left to do. */
    static void checkComparison(Connection database, String comparison, int runs) throws SQLException {
        assertThat(text(database, "select phase || ' ' || ending from search where name = ?", comparison))
                .isEqualTo("FINISHED COMPLETED");
        assertThat(text(database,
                """
                        select concat_ws(' ', count(*), count(distinct (e.round, e.replicate)), count(distinct (e.round, e.seed)))
                        from evaluation e join search s on s.id = e.search_id where s.name = ?
                        """,
                comparison)).as("orders, of distinct trainings with distinct seeds").isEqualTo(
                        "%1$d %1$d %1$d".formatted(runs));
        nothing(database, comparison, "orders without exactly one absorbed score", """
                select e.id from evaluation e join search s on s.id = e.search_id where s.name = ?
                and 1 <> (select count(*) from outcome o
                          where o.evaluation_id = e.id and o.kind = 'SCORED' and o.absorbed)
                """);
        nothing(database, comparison, "results of trainings that had settled before", """
                select x.evaluation_id from superseded x join evaluation e on e.id = x.evaluation_id
                join search s on s.id = e.search_id where s.name = ?
                """);
        nothing(database, comparison, "orders that were given back as if their layer had failed", """
                select e.id from evaluation e join search s on s.id = e.search_id where s.name = ? and e.crashes > 0
                """);
        nothing(database, comparison, "orders that still wait", """
                select t.task_instance from scheduled_tasks t join evaluation e on e.id = t.task_instance::bigint
                join search s on s.id = e.search_id where s.name = ?
                """);
    }

    private static void nothing(Connection database, String search, String what, String sql) throws SQLException {
        try (var query = database.prepareStatement(sql)) {
            for (int i = 1; i <= query.getParameterMetaData().getParameterCount(); i++) {
                query.setString(i, search);
            }
            List<String> found = new ArrayList<>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            assertThat(found).as(what).isEmpty();
        }
    }

    /** The single text of a query with the search's name as its parameter. */
    static String text(Connection database, String sql, String search) throws SQLException {
        try (var query = database.prepareStatement(sql)) {
            query.setString(1, search);
            try (var rows = query.executeQuery()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }
}
