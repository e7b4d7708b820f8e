package dev.normforge.search;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The inbox that workers fill ({@code outcome}), and the arrivals that the coordinator makes of it. */
@Repository
class ArrivalRepository {

    /** How many outcomes one step absorbs. */
    static final int INBOX = 1000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    ArrivalRepository(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * A settled outcome that nobody has absorbed.
     *
     * @param birth null for a reference layer
     * @param stage of a rejection
     * @param reason of a rejection or failure
     * @param anchor at which it was rejected, where that happened at one
     * @param counts of a scored one
     * @param audited whether training went on past a gate
     */
    record Settled(long evaluation, Purpose purpose, @Nullable Integer birth, String kind, @Nullable String stage,
            @Nullable String reason, @Nullable String anchor, long steps, long auditSteps, long savedSteps, long millis,
            @Nullable Counts counts, boolean audited) {
    }

    List<Settled> inbox(SearchId search) {
        return jdbc
                .sql("""
                        select e.id, e.purpose, e.birth, o.kind, o.stage, o.reason,
                               case o.kind when 'REJECTED' then o.detail -> 'reason' ->> 'anchor' end as anchor, o.steps, o.audit_steps, o.saved_steps,
                               o.device_ms, r.correct, r.total, coalesce(jsonb_array_length(o.detail -> 'audit'), 0) > 0 as audited
                          from outcome o join evaluation e on e.id = o.evaluation_id
                          left join lateral (select array_agg(correct order by anchor) as correct,
                                                    array_agg(total order by anchor) as total
                                               from anchor_result where evaluation_id = o.evaluation_id) r on o.kind = 'SCORED'
                         where o.search_id = :search and not o.absorbed
                         order by o.settled_at, o.evaluation_id limit :limit""")
                .param("search", search.value()).param("limit", INBOX).query(ArrivalRepository::settled).list();
    }

    private static Settled settled(ResultSet row, int number) throws SQLException {
        return new Settled(row.getLong("id"), Purpose.valueOf(row.getString("purpose")),
                row.getObject("birth", Integer.class), row.getString("kind"), row.getString("stage"),
                row.getString("reason"), row.getString("anchor"), row.getLong("steps"), row.getLong("audit_steps"),
                row.getLong("saved_steps"),
                row.getLong("device_ms"), counts(row), row.getBoolean("audited"));
    }

    private static @Nullable Counts counts(ResultSet row) throws SQLException {
        var correct = row.getArray("correct");
        var total = row.getArray("total");
        return correct == null || total == null ? null : new Counts(ints(correct), ints(total));
    }

    private static List<Integer> ints(Array array) throws SQLException {
        return List.of((Integer[]) array.getArray());
    }

    void absorbed(List<Settled> outcomes) {
        jdbc.sql("update outcome set absorbed = true where evaluation_id = any(:ids)")
                .param("ids", new SqlArrayValue("bigint", outcomes.stream().map(Settled::evaluation).toArray()))
                .update();
    }

    void addAll(SearchId search, List<Arrival> arrivals) {
        batches.batchUpdate(
                """
                        insert into arrival (search_id, ordinal, birth, evaluation_id, correct, total) values (?, ?, ?, ?, ?, ?)""",
                arrivals, arrivals.size(), (row, arrival) -> {
                    row.setLong(1, search.value());
                    row.setInt(2, arrival.ordinal());
                    row.setInt(3, arrival.birth());
                    row.setLong(4, arrival.evaluation());
                    var pooled = arrival.pooled();
                    var connection = row.getConnection();
                    row.setArray(5,
                            pooled == null ? null : connection.createArrayOf("int4", pooled.correct().toArray()));
                    row.setArray(6, pooled == null ? null : connection.createArrayOf("int4", pooled.total().toArray()));
                });
    }

    /** Arrivals after ordinal {@code last}, in order. */
    List<Arrival> after(SearchId search, int last) {
        return jdbc.sql("""
                select a.ordinal, a.birth, a.evaluation_id, a.correct, a.total, c.fate, e.purpose, o.kind, o.reason,
                       o.steps, o.audit_steps, o.device_ms
                  from arrival a
                  join candidate c on c.search_id = a.search_id and c.birth = a.birth
                  join evaluation e on e.id = a.evaluation_id
                  join outcome o on o.evaluation_id = a.evaluation_id
                 where a.search_id = :search and a.ordinal > :last order by a.ordinal""")
                .param("search", search.value()).param("last", last).query(ArrivalRepository::arrival).list();
    }

    private static Arrival arrival(ResultSet row, int number) throws SQLException {
        int ordinal = row.getInt("ordinal");
        int birth = row.getInt("birth");
        long evaluation = row.getLong("evaluation_id");
        var pooled = counts(row);
        if (Decision.Fate.valueOf(row.getString("fate")) == Decision.Fate.INHERITED) {
            return new Arrival(ordinal, birth, Arrival.Source.INHERITED, evaluation, pooled, 0, 0, 0);
        }
        boolean audit = Purpose.valueOf(row.getString("purpose")) == Purpose.AUDIT;
        long steps = row.getLong("steps");
        return new Arrival(ordinal, birth,
                audit ? Arrival.Source.AUDIT : Arrival.Source.of(row.getString("kind"), row.getString("reason")),
                evaluation, pooled, steps, audit ? steps : row.getLong("audit_steps"), row.getLong("device_ms"));
    }
}
