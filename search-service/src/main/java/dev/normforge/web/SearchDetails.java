package dev.normforge.web;

import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.report.Funnel;
import dev.normforge.report.SearchSummaries;
import dev.normforge.report.SearchView;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Finds searches and reads all that belongs to one, in one snapshot: counts, funnel and revision fit together. */
@Repository
class SearchDetails {

    private final JdbcClient jdbc;
    private final SearchSummaries summaries;
    private final JsonMapper json;

    SearchDetails(JdbcClient jdbc, SearchSummaries summaries, JsonMapper json) {
        this.jdbc = jdbc;
        this.summaries = summaries;
        this.json = json;
    }

    /** By name, else by id: a search that is named like another one's id hides that id; a comparison hides no search. */
    SearchKey find(String nameOrId) {
        return jdbc.sql("""
                select id, revision, kind = 'SEARCH' from search where name = :name or id = :id
                order by kind = 'SEARCH' desc, name = :name desc limit 1
                """).param("name", nameOrId).param("id", asId(nameOrId))
                .query((row, _) -> key(nameOrId, row.getLong(1), row.getLong(2), row.getBoolean(3))).optional()
                .orElseThrow(() -> Refusal.notFound("search", nameOrId, "the name or id of a search"));
    }

    private static SearchKey key(String nameOrId, long id, long revision, boolean search) {
        if (!search) {
            throw Refusal.notFound("search", nameOrId, "the name or id of a search: this is a comparison");
        }
        return new SearchKey(id, revision);
    }

    /** A search's primary key, and its revision when it was looked up. */
    record SearchKey(long id, long revision) {
    }

    SearchView summary(long id) {
        return summaries.find(id).orElseThrow(() -> Refusal.notFound("search", id, "the name or id of a search"));
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    SearchDetail read(long id) {
        var summary = summary(id);
        var text = jdbc.sql("select spec::text from search where id = :id").param("id", id).query(String.class)
                .single();
        var spec = json.readTree(text);
        var funnel = summaries.funnel(id);
        return new SearchDetail(summary,
                spec.at("/proxy/anchors").valueStream().map(anchor -> anchor.path("name").asString("")).toList(),
                progress(summary, text, funnel), funnel.rows(), summaries.funnelAnchors(id), summaries.saving(id),
                summaries.audit(id),
                summaries.calibration(id).orElse(null), spec);
    }

    private Progress progress(SearchView search, String text, Funnel funnel) {
        long settled = settled(search.id(), search.phase());
        var rate = search.arrivalsPerMinute();
        try {
            return Progress.of(search, ProtocolJson.read(text, SearchSpec.class), settled, confirmations(search.id()),
                    funnel.count(Funnel.Stage.AUDIT), rate);
        } catch (IllegalArgumentException anotherVersions) { // which leaves the search alone, and shows it all the same
            return new Progress(0, settled, null, rate);
        }
    }

    private long settled(long id, String phase) {
        return jdbc.sql("""
                select count(*) from outcome o join evaluation e on e.id = o.evaluation_id
                 where o.search_id = :id and e.purpose = :phase
                """).param("id", id).param("phase", phase).query(Long.class).single();
    }

    /** Where time is short, fewer are ordered than the specification asks for. */
    private @Nullable Long confirmations(long id) {
        return jdbc.sql("""
                select count(*) from evaluation where search_id = :id and purpose = 'CONFIRMATION'
                having count(*) filter (where round = 2) > 0
                """).param("id", id).query(Long.class).optional().orElse(null);
    }

    static long asId(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }
}
