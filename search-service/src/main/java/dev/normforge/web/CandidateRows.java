package dev.normforge.web;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Reads proposals and what became of them. */
@Repository
class CandidateRows {

    static final String SELECT = """
            select c.birth, c.origin, c.parent_birth, c.seen, c.fate, c.screen_stage, c.screen_rule, c.screen_value,
                   c.genotype, c.created_at, p.formula, p.operations, p.tensor_passes, p.batch_statistics,
                   a.ordinal, a.correct, a.total, o.kind, o.stage, o.reason
              from candidate c
              left join phenotype p on p.id = c.phenotype_id
              left join arrival a on a.search_id = c.search_id and a.birth = c.birth
              left join lateral (
                select o.kind, o.stage, o.reason from evaluation e join outcome o on o.evaluation_id = e.id
                 where e.search_id = c.search_id and e.birth = c.birth and e.purpose = 'EVOLUTION' and e.round = 0
                 order by e.id desc limit 1) o on true
             where c.search_id = :search
            """;

    private static final int FETCHED = 500;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CandidateRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Youngest first. */
    Page<CandidateView> before(long search, int birth, int size) {
        var found = jdbc.sql(SELECT + " and c.birth < :birth order by c.birth desc limit :limit")
                .param("search", search).param("birth", birth).param("limit", size + 1).query(CandidateRows::view)
                .list();
        return Page.of(found, size, CandidateView::birth);
    }

    /** All of them, oldest first, by a cursor, so that a search of any size takes no more memory than a small one. */
    @Transactional(readOnly = true)
    void each(long search, Consumer<CandidateView> reader) {
        jdbc.sql(SELECT + " order by c.birth").withFetchSize(FETCHED).param("search", search)
                .query((ResultSet row) -> reader.accept(view(row, 0)));
    }

    /** Names, in the order of the counts. */
    List<String> anchors(long search) {
        return jdbc
                .sql("""
                        select anchor ->> 'name'
                          from search, jsonb_array_elements(spec -> 'proxy' -> 'anchors') with ordinality anchors (anchor, position)
                         where id = :search order by position
                        """)
                .param("search", search).query(String.class).list();
    }

    /** Oldest first: what a reader that knows the first {@code ordinal} lacks. */
    Page<CandidateView.Arrival> after(long search, int ordinal, int size) {
        var found = jdbc
                .sql("""
                        select a.ordinal, a.birth, c.origin, p.formula, coalesce(o.kind, 'INHERITED') kind, o.stage, o.reason,
                               a.correct, a.total, a.created_at,
                               case o.kind when 'REJECTED' then (
                                 select array_agg((done ->> 'correct')::double precision / (done ->> 'total')::integer order by position)
                                   from search s
                                   cross join jsonb_array_elements(s.spec -> 'proxy' -> 'anchors') with ordinality anchors (anchor, position)
                                   left join jsonb_array_elements(o.detail -> 'soFar') done on done ->> 'anchor' = anchor ->> 'name'
                                  where s.id = a.search_id and jsonb_array_length(o.detail -> 'soFar') > 0) end as so_far
                          from arrival a
                          join candidate c on c.search_id = a.search_id and c.birth = a.birth
                          left join phenotype p on p.id = c.phenotype_id
                          left join outcome o on o.evaluation_id = a.evaluation_id and c.fate <> 'INHERITED'
                         where a.search_id = :search and a.ordinal > :ordinal order by a.ordinal limit :limit
                        """)
                .param("search", search).param("ordinal", ordinal).param("limit", size + 1)
                .query((row, _) -> new CandidateView.Arrival(row.getInt("ordinal"), row.getInt("birth"),
                        row.getString("origin"), row.getString("formula"), row.getString("kind"),
                        row.getString("stage"), row.getString("reason"), scores(row), soFar(row), at(row)))
                .list();
        return Page.of(found, size, CandidateView.Arrival::ordinal);
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    CandidateView.Detail detail(long search, int birth) {
        var found = jdbc.sql(SELECT + " and c.birth = :birth").param("search", search).param("birth", birth)
                .query((row, number) -> new Found(view(row, number), row.getBytes("genotype"))).optional()
                .orElseThrow(() -> Refusal.notFound("birth", birth, "a birth of this search"));
        var children = jdbc.sql("""
                select birth from candidate where search_id = :search and parent_birth = :birth order by birth limit 100
                """).param("search", search).param("birth", birth).query(Integer.class).list();
        var stored = spec(search);
        var layer = new LayerText(LayerGraph.unpacked(found.genotype()), stored.numerics());
        var evaluations = evaluations(search, birth);
        return new CandidateView.Detail(found.candidate(), json.readTree(layer.file()), layer.terms(), layer.literal(),
                stored.why(found.candidate(), evaluations), inheritedFrom(search, birth), evaluations, children);
    }

    private record Found(CandidateView candidate, byte[] genotype) {
    }

    /** @param whole null where another version of the program wrote it */
    private record Stored(Numerics numerics, @Nullable SearchSpec whole) {

        /** Of the training that evolution ordered, or of the refusal; empty where this program cannot tell. */
        List<String> why(CandidateView candidate, List<CandidateView.EvaluationView> evaluations) {
            if (whole == null) {
                return List.of();
            }
            var text = new FateText(whole);
            var reason = candidate.reason();
            if (candidate.state().equals("SCREENED") && reason != null) {
                return List.of(text.refusal(reason, candidate.value()));
            }
            return evaluations.stream().filter(one -> one.purpose().equals("EVOLUTION")).reduce((_, last) -> last)
                    .flatMap(Stored::outcome).map(text::outcome).orElse(List.of());
        }

        private static Optional<Outcome> outcome(CandidateView.EvaluationView evaluation) {
            try {
                var detail = evaluation.detail();
                return detail == null
                        ? Optional.empty()
                        : Optional.of(ProtocolJson.read(detail.toString(), Outcome.class));
            } catch (IllegalArgumentException anotherVersions) {
                return Optional.empty();
            }
        }
    }

    private Stored spec(long search) {
        return jdbc.sql("""
                select spec::text, (spec #>> '{proxy,numerics,groups}')::integer as groups,
                       (spec #>> '{proxy,numerics,epsilon}')::double precision as epsilon
                  from search where id = :search
                """).param("search", search).query((row, _) -> {
            var numerics = new Numerics(row.getInt("groups"), row.getDouble("epsilon"));
            try {
                return new Stored(numerics, ProtocolJson.read(row.getString(1), SearchSpec.class));
            } catch (IllegalArgumentException anotherVersions) {
                return new Stored(numerics, null);
            }
        }).single();
    }

    private @Nullable Integer inheritedFrom(long search, int birth) {
        return jdbc.sql("""
                select e.birth from arrival a
                  join candidate c on c.search_id = a.search_id and c.birth = a.birth and c.fate = 'INHERITED'
                  join evaluation e on e.id = a.evaluation_id
                 where a.search_id = :search and a.birth = :birth
                """).param("search", search).param("birth", birth).query(Integer.class).optional().orElse(null);
    }

    private List<CandidateView.EvaluationView> evaluations(long search, int birth) {
        return jdbc
                .sql("""
                        select e.id, e.purpose, e.round, e.replicate, e.seed, e.scored_on, o.kind, o.stage, o.reason, o.detail::text
                          from evaluation e left join outcome o on o.evaluation_id = e.id
                         where e.search_id = :search and e.birth = :birth order by e.id
                        """)
                .param("search", search).param("birth", birth).query((row, _) -> {
                    var detail = row.getString(10);
                    return new CandidateView.EvaluationView(row.getLong(1), row.getString(2), row.getInt(3),
                            row.getInt(4),
                            row.getLong(5), row.getString(6), row.getString(7), row.getString(8), row.getString(9),
                            detail == null ? null : json.readTree(detail));
                }).list();
    }

    static CandidateView view(ResultSet row, int number) throws SQLException {
        var fate = row.getString("fate");
        boolean screened = fate.equals("SCREENED");
        var kind = row.getString("kind");
        var state = fate.equals("EVALUATED") ? kind == null ? "UNSETTLED" : kind : fate;
        return new CandidateView(row.getInt("birth"), row.getString("origin"), integer(row, "parent_birth"),
                row.getInt("seen"), state, row.getString(screened ? "screen_stage" : "stage"),
                row.getString(screened ? "screen_rule" : "reason"), finite(row), row.getString("formula"),
                integer(row, "operations"), integer(row, "tensor_passes"),
                row.getObject("batch_statistics", Boolean.class), integer(row, "ordinal"), scores(row),
                at(row));
    }

    /** JSON knows no NaN: a rule that measured none has no value. */
    private static @Nullable Double finite(ResultSet row) throws SQLException {
        double value = row.getDouble("screen_value");
        return row.wasNull() || !Double.isFinite(value) ? null : value;
    }

    private static Instant at(ResultSet row) throws SQLException {
        return row.getObject("created_at", OffsetDateTime.class).toInstant();
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable List<@Nullable Double> soFar(ResultSet row) throws SQLException {
        var accuracies = row.getArray("so_far");
        return accuracies == null ? null : Arrays.asList((@Nullable Double[]) accuracies.getArray());
    }

    static CandidateView.@Nullable Scores scores(ResultSet row) throws SQLException {
        var correct = row.getArray("correct");
        return correct == null
                ? null
                : CandidateView.Scores.of(List.of((Integer[]) correct.getArray()),
                        List.of((Integer[]) row.getArray("total").getArray()));
    }
}
