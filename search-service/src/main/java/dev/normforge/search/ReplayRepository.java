package dev.normforge.search;

import dev.normforge.evolution.Proposal;
import dev.normforge.protocol.SearchSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stored births with all that a replay compares. */
@Repository
class ReplayRepository {

    private final JdbcClient jdbc;

    ReplayRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Versions(int evolution, int simplifier, int births) {
    }

    Versions versions(SearchId id) {
        return jdbc.sql("select evolution, simplifier, births from search where id = :id").param("id", id.value())
                .query((row, _) -> new Versions(row.getInt(1), row.getInt(2), row.getInt(3))).optional()
                .orElseThrow(() -> new NoSuchSearchException(id));
    }

    /** What an order to train looks like; null where there is none. */
    record Training(String purpose, int replicate, long seed, boolean gates, boolean audit,
            @Nullable Double stabilityFloor) {
    }

    /** A birth as its rows say. */
    record Row(int birth, int seen, String origin, @Nullable Integer parent, String genotype, String phenotype,
            @Nullable String behaviour, String fate, @Nullable String stage, @Nullable String rule,
            @Nullable Double value, boolean audited, @Nullable Training training) {

        /** What the coordinator would have written. */
        static Row of(Birth birth, SearchSpec spec) {
            var refusal = birth.decision() instanceof Decision.Refuse refuse ? refuse : null;
            var seeds = new Seeds(spec.seed());
            var training = switch (birth.decision()) {
                case Decision.Train(int replicate, boolean audit, var floor) ->
                    new Training("EVOLUTION", replicate, seeds.scoring(replicate), true, audit, floor);
                case Decision.Refuse(var _, var _, var _, boolean audit) when audit ->
                    new Training("AUDIT", 0, seeds.scoring(0), false, false, null);
                case Decision.Refuse _ -> null;
                case Decision.Inherit _ -> null;
            };
            return new Row(birth.number(), birth.seen(),
                    birth.proposal().origin() instanceof Proposal.Origin.Fresh ? "RANDOM" : "MUTATION", birth.parent(),
                    HexFormat.of().formatHex(birth.proposal().graph().packed()), birth.subject().hash().hex(),
                    birth.subject().initialBehaviour(), birth.decision().fate().name(),
                    refusal == null ? null : refusal.stage(), refusal == null ? null : refusal.rule(),
                    refusal == null ? null : refusal.value(), birth.decision().audited(), training);
        }
    }

    /** Births from {@code first} on, in order. */
    List<Row> births(SearchId id, int first, int limit) {
        return jdbc.sql("""
                select c.birth, c.seen, c.origin, c.parent_birth, encode(c.genotype, 'hex') as genotype,
                       encode(p.hash, 'hex') as phenotype, encode(c.initial_behaviour, 'hex') as behaviour, c.fate,
                       c.screen_stage, c.screen_rule, c.screen_value, c.audited,
                       e.purpose, e.replicate, e.seed, e.gates, e.audit, e.stability_floor
                  from candidate c
                  left join phenotype p on p.id = c.phenotype_id
                  left join evaluation e on e.search_id = c.search_id and e.birth = c.birth
                        and e.purpose in ('EVOLUTION', 'AUDIT')
                 where c.search_id = :id and c.birth >= :first order by c.birth limit :limit""")
                .param("id", id.value()).param("first", first).param("limit", limit).query(ReplayRepository::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        var purpose = row.getString("purpose");
        var training = purpose == null
                ? null
                : new Training(purpose, row.getInt("replicate"), row.getLong("seed"), row.getBoolean("gates"),
                        row.getBoolean("audit"), row.getObject("stability_floor", Double.class));
        return new Row(row.getInt("birth"), row.getInt("seen"), row.getString("origin"),
                row.getObject("parent_birth", Integer.class), row.getString("genotype"), row.getString("phenotype"),
                row.getString("behaviour"), row.getString("fate"), row.getString("screen_stage"),
                row.getString("screen_rule"), row.getObject("screen_value", Double.class), row.getBoolean("audited"),
                training);
    }

    /** What each scored evaluation of evolution counted by itself. */
    record OwnCounts(Map<Long, Counts> byEvaluation) {
        @Nullable
        Counts of(long evaluation) {
            return byEvaluation.get(evaluation);
        }
    }

    OwnCounts ownCounts(SearchId id) {
        var counts = new HashMap<Long, Counts>();
        jdbc.sql("""
                select r.evaluation_id, array_agg(r.correct order by r.anchor) as correct,
                       array_agg(r.total order by r.anchor) as total
                  from anchor_result r join evaluation e on e.id = r.evaluation_id
                 where e.search_id = :id and e.purpose = 'EVOLUTION' group by r.evaluation_id""")
                .param("id", id.value()).query(row -> {
                    counts.put(row.getLong("evaluation_id"),
                            new Counts(List.of((Integer[]) row.getArray("correct").getArray()),
                                    List.of((Integer[]) row.getArray("total").getArray())));
                });
        return new OwnCounts(counts);
    }
}
