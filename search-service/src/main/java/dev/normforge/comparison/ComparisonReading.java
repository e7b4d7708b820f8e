package dev.normforge.comparison;

import dev.normforge.comparison.ComparisonPlan.PlannedCell;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** From a comparison's rows to its result, also while it runs: cells are read from the runs of their trainings. */
@Repository
public class ComparisonReading {

    private static final String HEAD = """
            select name, spec::text, intent = 'CANCEL' as cancelled from search where id = :id and kind = 'COMPARISON'
            """;

    private static final String SETTLED = """
            select e.round, e.seed, o.detail::text from evaluation e join outcome o on o.evaluation_id = e.id
            where e.search_id = :id and e.purpose = 'COMPARISON' order by e.round, e.replicate
            """;

    private final JdbcClient jdbc;

    ComparisonReading(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Head(String name, ComparisonSpec spec, boolean cancelled) {
    }

    /**
     * A comparison's result as its rows stand now.
     *
     * @param id its row in {@code search}
     */
    public ComparisonResult ofRows(long id) {
        var head = jdbc.sql(HEAD).param("id", id).query(ComparisonReading::head).single();
        var plan = ComparisonPlan.of(head.spec());
        var runs = plan.trainings().stream().map(TrainingRuns::new).toList();
        var settled = new AtomicInteger();
        jdbc.sql(SETTLED).param("id", id).query(row -> {
            settled.incrementAndGet();
            runs.get(row.getInt("round") - 1).add(row.getLong("seed"),
                    ProtocolJson.read(row.getString("detail"), Outcome.class));
        });
        var cells = plan.cells().stream().map(cell -> cell(cell, runs.get(cell.training() - 1))).toList();
        return new ComparisonResult(head.name(), plan.spec(), cells, plan.trainings().size(),
                Notes.of(plan.runs(), runs, settled.get(), head.cancelled()));
    }

    private static Head head(ResultSet row, int number) throws SQLException {
        return new Head(row.getString("name"), ProtocolJson.readOwn(row.getString("spec"), ComparisonSpec.class),
                row.getBoolean("cancelled"));
    }

    private static CellResult cell(PlannedCell cell, TrainingRuns training) {
        var failures = training.failures().entrySet().stream()
                .map(failure -> new CellResult.Failed(failure.getKey(), failure.getValue())).toList();
        List<Run> runs = training.scores().entrySet().stream()
                .map(run -> CellRun.of(cell, training.training(), run.getKey(), run.getValue())).toList();
        return new CellResult(cell.cell(), cell.training(), runs, failures);
    }

    /**
     * The result that was stored when the comparison ended; empty before.
     *
     * @throws IllegalArgumentException where another version wrote it
     */
    public Optional<ComparisonResult> stored(long id) {
        return jdbc.sql("select report::text from search where id = :id and kind = 'COMPARISON' and report is not null")
                .param("id", id).query(String.class).optional()
                .map(json -> ProtocolJson.readOwn(json, ComparisonResult.class));
    }
}
