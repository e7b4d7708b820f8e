package dev.normforge.web;

import dev.normforge.search.ComparisonSummary;
import dev.normforge.search.Comparisons;
import dev.normforge.search.SearchId;
import dev.normforge.search.Searches;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Finds comparisons and reads all that belongs to one, in one snapshot. */
@Repository
class ComparisonDetails {

    private final Comparisons comparisons;
    private final Searches searches;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ComparisonDetails(Comparisons comparisons, Searches searches, JdbcClient jdbc, JsonMapper json) {
        this.comparisons = comparisons;
        this.searches = searches;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** By name, else by id: a comparison that is named like another one's id hides that id. */
    ComparisonSummary find(String nameOrId) {
        return comparisons.find(nameOrId)
                .or(() -> comparisons.find(new SearchId(SearchDetails.asId(nameOrId))))
                .orElseThrow(() -> Refusal.notFound("comparison", nameOrId, searches.find(nameOrId).isPresent()
                        ? "the name or id of a comparison: this is a search"
                        : "the name or id of a comparison"));
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    ComparisonDetail read(String nameOrId) {
        var summary = find(nameOrId);
        var spec = jdbc.sql("select spec::text from search where id = :id").param("id", summary.id().value())
                .query(String.class).single(); // as it is stored: another program's may have fields of its own
        return new ComparisonDetail(ComparisonView.of(summary), comparisons.progress(summary.id()),
                json.readTree(spec));
    }
}
