package dev.normforge.search;

import dev.normforge.evolution.Proposal;
import dev.normforge.graph.Formula;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;
import dev.normforge.screening.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Births ({@code candidate}) and their {@code phenotype} rows: written once, never changed. */
@Repository
class BirthRepository {

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    BirthRepository(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Writes births of one search, in one batch. */
    void addAll(SearchId search, List<Birth> births) {
        var phenotypes = phenotypes(births);
        batches.batchUpdate("""
                insert into candidate (search_id, birth, origin, parent_birth, seen, genotype, phenotype_id,
                       initial_behaviour, fate, screen_stage, screen_rule, screen_value, audited)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", births, births.size(), (row, birth) -> {
            var refusal = birth.decision() instanceof Decision.Refuse refuse ? refuse : null;
            row.setLong(1, search.value());
            row.setInt(2, birth.number());
            row.setString(3, birth.proposal().origin() instanceof Proposal.Origin.Fresh ? "RANDOM" : "MUTATION");
            row.setObject(4, birth.parent());
            row.setInt(5, birth.seen());
            row.setBytes(6, birth.proposal().graph().packed());
            row.setObject(7, phenotypes.get(birth.subject().hash()));
            row.setBytes(8, bytes(birth.subject().initialBehaviour()));
            row.setString(9, birth.decision().fate().name());
            row.setString(10, refusal == null ? null : refusal.stage());
            row.setString(11, refusal == null ? null : refusal.rule());
            row.setObject(12, refusal == null ? null : refusal.value());
            row.setBoolean(13, birth.decision().audited());
        });
    }

    private static byte @Nullable [] bytes(@Nullable String hex) {
        return hex == null ? null : HexFormat.of().parseHex(hex);
    }

    /**
     * Ids of these births' phenotypes. Written in the order of their hashes, so that two coordinators that meet wait for
     * each other once instead of crosswise.
     */
    private Map<PhenotypeHash, Long> phenotypes(Collection<Birth> births) {
        var subjects = new TreeMap<String, Verdict.Subject>();
        births.forEach(birth -> subjects.put(birth.subject().hash().hex(), birth.subject()));
        var known = ids(subjects.keySet());
        var fresh = subjects.values().stream().filter(subject -> !known.containsKey(subject.hash())).toList();
        if (!fresh.isEmpty()) {
            batches.batchUpdate("""
                    insert into phenotype (simplifier, hash, formula, operations, tensor_passes,
                           parameters_per_channel, batch_statistics)
                    values (?, ?, ?, ?, ?, ?, ?) on conflict (simplifier, hash) do nothing""", fresh, fresh.size(),
                    (row, subject) -> {
                        row.setInt(1, Simplifier.VERSION);
                        row.setBytes(2, subject.hash().bytes());
                        row.setString(3, Formula.of(subject.phenotype()));
                        row.setInt(4, subject.cost().operations());
                        row.setInt(5, subject.cost().tensorPasses());
                        row.setInt(6, subject.cost().parametersPerChannel());
                        row.setBoolean(7, subject.phenotype().usesBatchStatistics());
                    });
            known.putAll(ids(fresh.stream().map(subject -> subject.hash().hex()).toList()));
        }
        return known;
    }

    private Map<PhenotypeHash, Long> ids(Collection<String> hashes) {
        var ids = new HashMap<PhenotypeHash, Long>();
        Object[] bytes = hashes.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
        jdbc.sql("select id, hash from phenotype where simplifier = :simplifier and hash = any(:hashes)")
                .param("simplifier", Simplifier.VERSION).param("hashes", new SqlArrayValue("bytea", bytes))
                .query(row -> {
                    ids.put(hash(row), row.getLong("id"));
                });
        return ids;
    }

    /** Births from {@code first} on that later proposals depend on, in order. */
    List<Birth.Known> known(SearchId search, int first) {
        return jdbc.sql("""
                select c.birth, c.genotype, p.hash, c.initial_behaviour, c.fate, c.audited,
                       coalesce(e.replicate, 0) as replicate
                  from candidate c join phenotype p on p.id = c.phenotype_id
                  left join evaluation e on e.search_id = c.search_id and e.birth = c.birth
                        and e.purpose = 'EVOLUTION' and e.round = 0
                 where c.search_id = :search and c.birth >= :first and (c.fate <> 'SCREENED' or c.audited)
                 order by c.birth""")
                .param("search", search.value()).param("first", first).query(BirthRepository::known).list();
    }

    private static Birth.Known known(ResultSet row, int number) throws SQLException {
        return new Birth.Known(row.getInt("birth"), LayerGraph.unpacked(row.getBytes("genotype")), hash(row),
                hex(row.getBytes("initial_behaviour")), Decision.Fate.valueOf(row.getString("fate")),
                row.getBoolean("audited"), row.getInt("replicate"));
    }

    private static PhenotypeHash hash(ResultSet row) throws SQLException {
        return new PhenotypeHash(HexFormat.of().formatHex(row.getBytes("hash")));
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    /** The graph of one birth. */
    LayerGraph graph(SearchId search, int birth) {
        return jdbc.sql("select genotype from candidate where search_id = :search and birth = :birth")
                .param("search", search.value()).param("birth", birth)
                .query((row, _) -> LayerGraph.unpacked(row.getBytes(1))).single();
    }
}
