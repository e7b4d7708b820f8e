package dev.normforge.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.TestDatabase;
import dev.normforge.front.Entrant;
import dev.normforge.front.ParetoFront;
import dev.normforge.front.Scores;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Space;
import dev.normforge.protocol.SearchSpec.Space.Draw;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import dev.normforge.report.Curve;
import dev.normforge.report.SearchCurves.Against;
import dev.normforge.report.SearchCurves.Measure;
import dev.normforge.simulation.SimulatedWorker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read from the changes of the front is what adding up every arrival gives. */
class CurvesStrayFromArrivalsTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SearchId id;

    @BeforeEach
    void create() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        id = coordinator.searches().create("other", Specs.smoke(5, 8), null, null).id();
        coordinator.finish(id, new SimulatedWorker(database.dataSource()));
    }

    private record Row(int ordinal, int birth, boolean trained, long steps, @Nullable Scores scores) {
    }

    private List<Row> run(SearchSpec spec) {
        id = coordinator.searches().create("run", spec, null, null).id();
        coordinator.finish(id, new SimulatedWorker(database.dataSource()));
        var rows = coordinator.jdbc().sql("""
                select a.ordinal, a.birth, c.fate, e.purpose, o.steps, a.correct, a.total
                  from arrival a join candidate c using (search_id, birth)
                  join evaluation e on e.id = a.evaluation_id join outcome o on o.evaluation_id = e.id
                 where a.search_id = :id order by a.ordinal""").param("id", id.value()).query((row, _) -> {
            boolean inherited = row.getString("fate").equals("INHERITED");
            var correct = row.getArray("correct");
            return new Row(row.getInt("ordinal"), row.getInt("birth"),
                    !inherited && row.getString("purpose").equals("EVOLUTION"), inherited ? 0 : row.getLong("steps"),
                    correct == null
                            ? null
                            : Scores.of(List.of((Integer[]) correct.getArray()),
                                    List.of((Integer[]) row.getArray("total").getArray())));
        }).list();
        assertThat(rows).hasSizeGreaterThan(20);
        return rows;
    }

    private Curve curve(Against against, Measure measure) {
        return Objects.requireNonNull(coordinator.curves()
                .read(List.of(id.value()), against, measure).get(id.value()));
    }

    private static long x(Against against, Row row, long trained, long steps) {
        return switch (against) {
            case ARRIVALS -> row.ordinal();
            case TRAINED -> trained;
            case STEPS -> steps;
        };
    }

    /** After each arrival, on each axis. */
    private void bestIsTheRunningMaximum(List<Row> rows) {
        for (var against : Against.values()) {
            var curve = curve(against, Measure.ACCURACY);
            double best = -1;
            long trained = 0;
            long steps = 0;
            for (int i = 0; i < rows.size(); i++) {
                var row = rows.get(i);
                trained += row.trained() ? 1 : 0;
                steps += row.steps();
                if (row.scores() != null) {
                    best = Math.max(best, row.scores().mean());
                }
                long here = x(against, row, trained, steps);
                boolean last = i == rows.size() - 1
                        || x(against, rows.get(i + 1), trained + (rows.get(i + 1).trained() ? 1 : 0),
                                steps + rows.get(i + 1).steps()) > here;
                if (last) {
                    assertThat(curve.at(here).orElse(-1)).as("%s %d", against, here).isCloseTo(best, within(1e-12));
                }
            }
            assertThat(curve.end()).isEqualTo(x(against, rows.getLast(), trained, steps));
        }
    }

    @Test
    void theBestSoFarOfAnEvolution() {
        var rows = run(Specs.audited(Specs.smoke(40, 51), 0.3));
        bestIsTheRunningMaximum(rows);
        assertThat(rows).anyMatch(row -> !row.trained() && row.steps() > 0);
        var spent = coordinator.summaries().find(id.value()).orElseThrow();
        assertThat(curve(Against.STEPS, Measure.ACCURACY).end()).isEqualTo(spent.stepsSpent());
        assertThat(curve(Against.TRAINED, Measure.ACCURACY).end()).isEqualTo(spent.trained());
    }

    /** Copies are trained again, pooled, then inherited: a layer may leave the front and another return to it. */
    @Test
    void theBestSoFarWherePhenotypesAreMeasuredAgain() {
        var rows = run(Specs.smoke(60, 5).withSpace(new Space(2, Draw.ROWS, false, null, null))
                .withStrategy(Specs.strategy(16, SeenBefore.REPLICATE, 2, 6, 0, 0.3)));
        assertThat(rows).as("some scores are inherited").anyMatch(row -> row.scores() != null && !row.trained());
        bestIsTheRunningMaximum(rows);
    }

    @Test
    void theHypervolumeOfAllThatIsScored() {
        var rows = run(Specs.smoke(30, 7));
        var curve = curve(Against.ARRIVALS, Measure.HYPERVOLUME);
        var scored = new ArrayList<Entrant>();
        for (var row : rows) {
            if (row.scores() != null) {
                scored.add(new Entrant(row.birth(), row.scores()));
            }
            assertThat(curve.at(row.ordinal()).orElse(0)).as("arrival %d", row.ordinal())
                    .isCloseTo(ParetoFront.of(scored).hypervolume(), within(1e-12));
        }
    }

    /** Searches from before the columns were there: counted by the migration. */
    @Test
    void earlierArrivalsAreCountedByTheMigration() throws IOException {
        run(Specs.audited(Specs.smoke(20, 51), 0.3));
        var counted = counts();
        coordinator.jdbc().sql("update arrival set trained = null, steps = null").update();
        coordinator.jdbc().sql(statement("update arrival")).update();
        assertThat(counts()).isEqualTo(counted).hasSizeGreaterThan(20);
    }

    private List<String> counts() {
        return coordinator.jdbc().sql("""
                select search_id || ' ' || ordinal || ' ' || trained || ' ' || steps from arrival
                 order by search_id, ordinal""").query(String.class).list();
    }

    private static String statement(String begin) throws IOException {
        try (var in = Objects.requireNonNull(
                CurvesStrayFromArrivalsTest.class.getResourceAsStream("/db/migration/V9__orders_and_pace.sql"))) {
            var sql = new String(in.readAllBytes(), UTF_8);
            int from = sql.indexOf(begin);
            return sql.substring(from, sql.indexOf(';', from));
        }
    }
}
