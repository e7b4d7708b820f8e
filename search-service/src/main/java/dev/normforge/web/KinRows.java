package dev.normforge.web;

import dev.normforge.graph.GraphDifference;
import dev.normforge.graph.LayerGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads a proposal's relatives. Every list is a stretch of an index, so that it costs what is shown of it. */
@Repository
class KinRows {

    /** Beyond this nobody counts. */
    static final int MOST_COUNTED = 10_000;

    private static final String COUNTS = """
            select (select count(*) from candidate c where c.search_id = b.search_id and c.parent_birth = b.birth)
                     as children,
                   (select count(*) from candidate c where c.search_id = b.search_id
                       and c.parent_birth = b.parent_birth and c.birth <> b.birth) as siblings,
                   (select count(*) from candidate c where %s and c.birth <> b.birth and c.search_id = b.search_id)
                     as same_phenotype,
                   (select count(*) from (select 1 from candidate c where %s and c.search_id = b.search_id
                       limit :most) alike) as same_behaviour,
                   (select count(*) from search s where s.id <> b.search_id and exists (
                      select 1 from candidate c where %1$s and c.search_id = s.id)) as elsewhere
              from candidate b where b.search_id = :search and b.birth = :birth
            """.formatted(By.PHENOTYPE.condition, By.BEHAVIOUR.condition);

    private static final String ELSEWHERE = """
            select s.id, s.name, s.data, same.births, same.first, scored.correct, scored.total
              from candidate b
              cross join search s
              cross join lateral (select count(*) as births, min(c.birth) as first from candidate c
                                   where %s and c.search_id = s.id) same
              left join lateral (
                select a.correct, a.total from candidate c
                  join arrival a on a.search_id = c.search_id and a.birth = c.birth and a.correct is not null
                 where %1$s and c.search_id = s.id and c.fate <> 'SCREENED'
                 order by a.ordinal desc limit 1) scored on same.births > 0
             where b.search_id = :search and b.birth = :birth and s.id <> b.search_id and s.id < :before
               and same.births > 0
             order by s.id desc limit :limit
            """;

    private final JdbcClient jdbc;

    KinRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In which respect a proposal {@code c} is the same as {@code b}. */
    enum By {
        PHENOTYPE("c.phenotype_id = b.phenotype_id"),
        /** The fingerprint of what cannot be computed is left out, as it is in the index. */
        BEHAVIOUR("""
                c.initial_behaviour = b.initial_behaviour
                   and c.initial_behaviour <> '\\xffffffffffffffffffffffffffffffff'
                   and c.phenotype_id is distinct from b.phenotype_id""");

        private final String condition;

        By(String condition) {
            this.condition = condition;
        }
    }

    KinView count(long search, int birth) {
        return jdbc.sql(COUNTS).param("search", search).param("birth", birth).param("most", MOST_COUNTED)
                .query((row, _) -> new KinView(row.getLong("children"), row.getLong("siblings"),
                        row.getLong("same_phenotype"), row.getLong("same_behaviour"), row.getLong("elsewhere")))
                .optional().orElseThrow(() -> none(birth));
    }

    private record Relative(CandidateView candidate, byte[] genotype) {
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Page<KinView.Child> children(long search, int birth, int after, int size) {
        var parent = genotype(search, birth);
        if (parent == null) {
            throw none(birth);
        }
        var graph = LayerGraph.unpacked(parent);
        var found = jdbc.sql(CandidateRows.SELECT + """
                 and c.parent_birth = :parent and c.birth > :after order by c.birth limit :limit
                """).param("search", search).param("parent", birth).param("after", after).param("limit", size + 1)
                .query((row, number) -> new Relative(CandidateRows.view(row, number), row.getBytes("genotype")))
                .list();
        return Page.of(found.stream().map(child -> new KinView.Child(child.candidate(),
                GraphDifference.between(graph, LayerGraph.unpacked(child.genotype())))).toList(), size,
                child -> child.candidate().birth());
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Page<CandidateView> equivalents(long search, int birth, By by, int after, int size) {
        if (genotype(search, birth) == null) {
            throw none(birth);
        }
        var found = jdbc.sql(CandidateRows.SELECT + """
                 and c.birth in (
                   select c.birth from candidate b join candidate c on %s and c.search_id = b.search_id
                    where b.search_id = :search and b.birth = :birth and c.birth <> b.birth and c.birth > :after
                    order by c.birth limit :limit)
                 order by c.birth
                """.formatted(by.condition)).param("search", search).param("birth", birth).param("after", after)
                .param("limit", size + 1).query(CandidateRows::view).list();
        return Page.of(found, size, CandidateView::birth);
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Page<KinView.Elsewhere> elsewhere(long search, int birth, By by, long before, int size) {
        if (genotype(search, birth) == null) {
            throw none(birth);
        }
        var found = jdbc.sql(ELSEWHERE.formatted(by.condition)).param("search", search).param("birth", birth)
                .param("before", before).param("limit", size + 1)
                .query((row, _) -> new KinView.Elsewhere(row.getLong("id"), row.getString("name"),
                        row.getString("data"), row.getLong("births"), row.getInt("first"), CandidateRows.scores(row)))
                .list();
        return Page.of(found, size, KinView.Elsewhere::id);
    }

    private byte @Nullable [] genotype(long search, int birth) {
        List<byte[]> found = jdbc.sql("select genotype from candidate where search_id = :search and birth = :birth")
                .param("search", search).param("birth", birth).query((row, _) -> row.getBytes(1)).list();
        return found.isEmpty() ? null : found.getFirst();
    }

    private static Refusal none(int birth) {
        return Refusal.notFound("birth", birth, "a birth of this search");
    }
}
