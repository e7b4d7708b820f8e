package dev.normforge.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Settled trainings of a search, by purpose. Test counts are not among them. */
@Repository
public class Measurements {

    private static final String SETTLED = """
            select e.id, e.birth, e.reference, e.round, e.seed, o.steps, r.correct, r.total, r.step_ms
            from evaluation e
            join outcome o on o.evaluation_id = e.id
            cross join lateral (
              select array_agg(correct order by anchor) as correct, array_agg(total order by anchor) as total,
                     array_agg(step_ms order by anchor) as step_ms
              from anchor_result where evaluation_id = e.id) r
            where e.search_id = :search and e.purpose = :purpose and e.round = :round and o.kind <> 'FAILED'
            order by e.id
            """;

    private final JdbcClient jdbc;

    Measurements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of calibration, in order of evaluation. */
    public List<Measurement> ofCalibration(long search) {
        return settled(search, "CALIBRATION", 0);
    }

    /** All of one confirmation round, candidates and references, in order of evaluation. */
    public List<Measurement> ofConfirmation(long search, int round) {
        return settled(search, "CONFIRMATION", round);
    }

    private List<Measurement> settled(long search, String purpose, int round) {
        return jdbc.sql(SETTLED).param("search", search).param("purpose", purpose).param("round", round)
                .query(Measurements::measurement).list();
    }

    private static Measurement measurement(ResultSet row, int number) throws SQLException {
        var stepMillis = row.getArray("step_ms");
        return new Measurement(row.getLong("id"), Rows.integer(row, "birth"), row.getString("reference"),
                row.getInt("round"), row.getLong("seed"), row.getInt("steps"), Rows.scores(row),
                stepMillis == null ? List.of() : List.of((Double[]) stepMillis.getArray()));
    }
}
