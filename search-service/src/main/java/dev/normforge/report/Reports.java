package dev.normforge.report;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Builds a search's report from its rows. The only reader of the sealed test counts. */
@Repository
public class Reports {

    private final JdbcClient jdbc;

    Reports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The report as the rows stand now. The list is ordered by confirm scores first; test counts are opened after that, and
     * only when the search is in phase REPORT or FINISHED.
     *
     * @param ending how the search ends: COMPLETED, CANCELLED, EXHAUSTED or FAILED
     */
    public Report build(long search, String ending) {
        throw new UnsupportedOperationException("not yet " + jdbc + search + ending);
    }

    /** The stored report of a finished search. */
    public Optional<Report> find(long search) {
        throw new UnsupportedOperationException("not yet " + search);
    }
}
