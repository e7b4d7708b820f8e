package dev.normforge.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The front's members and the best layers by mean: all that a confirmation can choose from. */
@Repository
public class Contenders {

    /** Of a phenotype that was measured several times, the arrival with the most images stands for it. */
    private static final String BEST_AND_FRONT = """
            with scored as (
              select a.birth, c.phenotype_id, a.correct, a.total, mean_accuracy(a.correct, a.total) as mean,
                     exists (select 1 from front_stay f where f.search_id = a.search_id and f.birth = a.birth
                             and f.left_at is null) as on_front
              from arrival a join candidate c on c.search_id = a.search_id and c.birth = a.birth
              where a.search_id = :search and a.correct is not null and c.phenotype_id is not null),
            best as (
              select distinct on (phenotype_id) birth, mean from scored
              order by phenotype_id, (select sum(n) from unnest(total) as n) desc, birth)
            select birth, phenotype_id, correct, total, on_front from scored
            where on_front or birth in (select birth from best order by mean desc, birth limit :best)
            order by mean desc, birth
            """;

    private final JdbcClient jdbc;

    Contenders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param best how many of the best by mean, besides the front's members */
    public List<Contender> of(long search, int best) {
        return jdbc.sql(BEST_AND_FRONT).param("search", search).param("best", best).query(Contenders::contender).list();
    }

    private static Contender contender(ResultSet row, int number) throws SQLException {
        return new Contender(row.getInt("birth"), row.getLong("phenotype_id"),
                Objects.requireNonNull(Rows.scores(row)), row.getBoolean("on_front"));
    }
}
