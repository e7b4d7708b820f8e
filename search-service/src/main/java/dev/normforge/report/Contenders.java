package dev.normforge.report;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The front's members and the best layers by mean: all that a confirmation can choose from. */
@Repository
public class Contenders {

    private final JdbcClient jdbc;

    Contenders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param best how many of the best by mean, besides the front's members */
    public List<Contender> of(long search, int best) {
        throw new UnsupportedOperationException("not yet " + jdbc + search + best);
    }
}
