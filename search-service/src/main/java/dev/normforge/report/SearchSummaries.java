package dev.normforge.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What progress and page show of a search. Each query costs in proportion to what is shown, not to the candidates. */
@Repository
public class SearchSummaries {

    private static final String FUNNEL = """
            select stage, reason, candidates, steps_spent, steps_saved from funnel where search_id = :search
            """;

    private static final String AT_ANCHORS = """
            select stage, reason, anchor, candidates, steps_saved from funnel_anchor where search_id = :search
            """;

    private static final String SAVING = """
            select coalesce(sum(steps_spent), 0) as spent, coalesce(sum(device_ms), 0) as millis,
                   coalesce(sum(steps_saved) filter (where stage in %s), 0) as saved
            from funnel where search_id = :search
            """.formatted(Funnel.Stage.trainedInSql());

    private static final String FRONT = """
            select arrivals, calibration::text,
                   array(select anchor ->> 'name' from jsonb_array_elements(spec -> 'proxy' -> 'anchors')
                         with ordinality as a (anchor, position) order by position) as anchors
            from search where id = :search
            """;

    private static final String CALIBRATION = """
            select calibration::text from search where id = :search and calibration is not null
            """;

    private final JdbcClient jdbc;

    SearchSummaries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<SearchView> find(long search) {
        return jdbc.sql(SearchReading.SELECT + "and s.id = :search").param("search", search)
                .query(SearchReading::view).optional();
    }

    public Optional<SearchView> find(String name) {
        return jdbc.sql(SearchReading.SELECT + "and s.name = :name").param("name", name).query(SearchReading::view)
                .optional();
    }

    /**
     * Searches, newest first.
     *
     * @param before only ids below this; null for the newest
     */
    public List<SearchView> list(@Nullable Long before, int limit) {
        return jdbc.sql(SearchReading.SELECT + "and s.id < :before order by s.id desc limit :limit")
                .param("before", before == null ? Long.MAX_VALUE : before).param("limit", limit)
                .query(SearchReading::view).list();
    }

    /** These searches, in no order. */
    public List<SearchView> all(Collection<Long> searches) {
        return searches.isEmpty()
                ? List.of()
                : jdbc.sql(SearchReading.SELECT + "and s.id in (:searches)").param("searches", searches)
                        .query(SearchReading::view).list();
    }

    /** Most frequent reason of a stage first. */
    public Funnel funnel(long search) {
        var rows = jdbc.sql(FUNNEL).param("search", search)
                .query((row, number) -> new Funnel.Row(Funnel.Stage.valueOf(row.getString("stage")),
                        row.getString("reason"), row.getLong("candidates"), row.getLong("steps_spent"),
                        row.getLong("steps_saved")))
                .list();
        return new Funnel(rows.stream().sorted(Comparator.comparing(Funnel.Row::stage)
                .thenComparing(Comparator.comparingLong(Funnel.Row::count).reversed())
                .thenComparing(Funnel.Row::reason)).toList());
    }

    /** Most frequent first. */
    public List<Funnel.AtAnchor> funnelAnchors(long search) {
        return jdbc.sql(AT_ANCHORS).param("search", search)
                .query((row, _) -> new Funnel.AtAnchor(Funnel.Stage.valueOf(row.getString("stage")),
                        row.getString("reason"), row.getString("anchor"), row.getLong("candidates"),
                        row.getLong("steps_saved")))
                .list().stream()
                .sorted(Comparator.comparing(Funnel.AtAnchor::stage)
                        .thenComparing(Comparator.comparingLong(Funnel.AtAnchor::count).reversed())
                        .thenComparing(Funnel.AtAnchor::reason).thenComparing(Funnel.AtAnchor::anchor))
                .toList();
    }

    public Saving saving(long search) {
        return jdbc.sql(SAVING).param("search", search)
                .query((row, _) -> Saving.of(row.getLong("spent"), row.getLong("saved"), row.getLong("millis")))
                .single();
    }

    private record Head(int arrivals, List<String> anchors, Calibration.Noise noise) {
    }

    /** @param ordinal after which arrival; null for now */
    public Optional<FrontView> front(long search, @Nullable Integer ordinal) {
        return jdbc.sql(FRONT).param("search", search).query(SearchSummaries::head).optional()
                .map(head -> new FrontReading(jdbc).read(search,
                        ordinal == null ? head.arrivals() : Math.clamp(ordinal, 0, head.arrivals()), head.anchors(),
                        head.noise()));
    }

    private static Head head(ResultSet row, int number) throws SQLException {
        var anchors = List.of((String[]) row.getArray("anchors").getArray());
        var calibration = row.getString("calibration");
        var noise = calibration == null
                ? Calibration.Noise.unknown(anchors.size())
                : Calibration.read(calibration).noise();
        return new Head(row.getInt("arrivals"), anchors, noise);
    }

    public Audit audit(long search) {
        return new AuditReading(jdbc).read(search, funnel(search), calibration(search).isPresent());
    }

    /** Calibration, once it has ended. */
    public Optional<Calibration> calibration(long search) {
        return jdbc.sql(CALIBRATION).param("search", search).query(String.class).optional().map(Calibration::read);
    }
}
