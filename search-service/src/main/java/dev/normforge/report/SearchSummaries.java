package dev.normforge.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What progress and page show of a search. Each query costs in proportion to what is shown, not to the candidates. */
@Repository
public class SearchSummaries {

    private final JdbcClient jdbc;

    SearchSummaries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<SearchView> find(long search) {
        throw new UnsupportedOperationException("not yet " + jdbc + search);
    }

    public Optional<SearchView> find(String name) {
        throw new UnsupportedOperationException("not yet " + name);
    }

    /**
     * Searches, newest first.
     *
     * @param before only ids below this; null for the newest
     */
    public List<SearchView> list(@Nullable Long before, int limit) {
        throw new UnsupportedOperationException("not yet " + before + limit);
    }

    public Funnel funnel(long search) {
        throw new UnsupportedOperationException("not yet " + search);
    }

    /** @param ordinal after which arrival; null for now */
    public Optional<FrontView> front(long search, @Nullable Integer ordinal) {
        throw new UnsupportedOperationException("not yet " + search + ordinal);
    }

    public Audit audit(long search) {
        throw new UnsupportedOperationException("not yet " + search);
    }

    /** Calibration, once it has ended. */
    public Optional<Calibration> calibration(long search) {
        throw new UnsupportedOperationException("not yet " + search);
    }

    /** Workers that have not stopped. */
    public List<WorkerView> workers() {
        throw new UnsupportedOperationException("not yet");
    }
}
