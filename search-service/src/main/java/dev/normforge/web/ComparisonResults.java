package dev.normforge.web;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.plot.Plot;
import dev.normforge.comparison.plot.Plots;
import dev.normforge.search.Comparisons;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Results of comparisons. A page asks for many parts of one, tables and every chart, each of which follows from all of its
 * runs: the last few that were read are kept until something new has settled.
 */
@Repository
class ComparisonResults {

    private static final int KEPT = 4;

    private final ComparisonDetails details;
    private final Comparisons comparisons;
    private final JdbcClient jdbc;
    private final Map<Long, Told> told = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Told> eldest) {
            return size() > KEPT;
        }
    };

    ComparisonResults(ComparisonDetails details, Comparisons comparisons, JdbcClient jdbc) {
        this.details = details;
        this.comparisons = comparisons;
        this.jdbc = jdbc;
    }

    /** What a result is of: whatever changes it changes one of these. */
    private record State(long revision, long settled) {
    }

    /** A result, and its charts once somebody wants them. */
    static final class Told {
        private final State state;
        private final ComparisonResult result;
        private @Nullable List<Plot> plots;

        private Told(State state, ComparisonResult result) {
            this.state = state;
            this.result = result;
        }

        ComparisonResult result() {
            return result;
        }

        synchronized List<Plot> plots() {
            var drawn = plots;
            if (drawn == null) {
                drawn = Plots.of(result);
                plots = drawn;
            }
            return drawn;
        }
    }

    /** As far as it is; what only another program can tell is a conflict. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    Told of(String nameOrId) {
        var found = details.find(nameOrId);
        long id = found.id().value();
        var state = new State(found.revision(), jdbc.sql("select count(*) from outcome where search_id = :id")
                .param("id", id).query(Long.class).single());
        return latest(id, state, () -> {
            try {
                return comparisons.result(found.id());
            } catch (IllegalStateException unknown) {
                throw Refusal.because(HttpStatus.CONFLICT, String.valueOf(unknown.getMessage()));
            }
        });
    }

    /** One at a time: ten charts that are asked for at once wait for one reading. */
    private synchronized Told latest(long id, State state, Supplier<ComparisonResult> reading) {
        var known = told.get(id);
        if (known == null || !known.state.equals(state)) {
            known = new Told(state, reading.get());
            told.put(id, known);
        }
        return known;
    }
}
