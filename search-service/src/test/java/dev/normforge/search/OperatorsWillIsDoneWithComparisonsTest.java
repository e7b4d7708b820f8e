package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.TestDatabase;
import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonPlan;
import dev.normforge.comparison.Grids;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.simulation.SimulatedWorker;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OperatorsWillIsDoneWithComparisonsTest {

    /** Eight trainings of 16 runs. */
    private static final Grids GRID = Grids.of("bn-relu", "gn-relu").batches(8, 16).seeds(2);

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SimulatedWorker worker;

    @BeforeEach
    void start() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        worker = new SimulatedWorker(database.dataSource());
    }

    private SearchId create(ComparisonSpec spec) {
        return coordinator.comparisons().create("compared", spec, Duration.ZERO).id();
    }

    private void steps(SearchId id, int steps) {
        for (int i = 0; i < steps; i++) {
            coordinator.advance().advance(id);
            worker.work(1);
        }
    }

    private long number(SearchId id, String sql) {
        return new ComparisonLedger(coordinator.jdbc(), id).number(sql);
    }

    @Test
    void aPausedComparisonBeginsNothingAndGoesOnWhereItWas() {
        var id = create(GRID.spec());
        steps(id, 3);
        coordinator.advance().advance(id);
        var picked = worker.pick(1);

        coordinator.comparisons().pause(id);
        assertThat(worker.work(10)).as("runs that still wait").isZero();
        picked.forEach(worker::settle);
        picked.forEach(worker::complete);
        coordinator.advance().advance(id);
        assertThat(coordinator.advance().advance(id)).isEqualTo(new Step.Idle());
        assertThat(worker.work(10)).isZero();
        assertThat(coordinator.comparisons().progress(id).done()).isEqualTo(4);
        assertThat(coordinator.comparisons().get(id).intent()).isEqualTo(Intent.PAUSE);
        assertThat(coordinator.comparisons().result(id).notes()).containsExactly("12 of 16 runs are not done yet");

        coordinator.comparisons().resume(id);
        assertThat(coordinator.dispatch().waiting(id.value())).as("queued before its turn").isZero();
        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);
        new ComparisonLedger(coordinator.jdbc(), id).balances(GRID.plan());
        assertThat(worker.trained()).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void onlyAFewRunsWaitSoThatASearchBesideItGetsItsShare() {
        var id = create(GRID.seeds(20).spec());
        coordinator.advance().advance(id);
        assertThat(coordinator.dispatch().waiting(id.value())).isEqualTo(2);

        var search = coordinator.searches().create("beside", Specs.smoke(30, 7), null, null).id();
        coordinator.until(search, Phase.EVOLUTION, worker);
        for (int i = 0; i < 40; i++) {
            coordinator.advance().advance(id);
            coordinator.advance().advance(search);
            worker.work(1);
            assertThat(coordinator.dispatch().waiting(id.value())).isLessThanOrEqualTo(2);
        }

        long evolved = number(search, """
                select count(*) from outcome o join evaluation e on e.id = o.evaluation_id
                 where o.search_id = :id and e.purpose in ('EVOLUTION', 'AUDIT')""");
        assertThat(evolved).as("of 40 trainings").isBetween(15L, 25L);
    }

    @Test
    void aCancelledComparisonEndsAtOnceWithWhatThereIs() {
        var id = create(GRID.spec());
        steps(id, 6);
        coordinator.advance().advance(id);
        var picked = worker.pick(1);

        coordinator.comparisons().cancel(id);
        assertThat(coordinator.advance().advance(id)).isEqualTo(new Step.Finished(Ending.CANCELLED));
        picked.forEach(worker::settle);
        picked.forEach(worker::complete);

        assertThat(coordinator.dispatch().unsettled(id.value())).as("work that is left").isEmpty();
        var result = coordinator.comparisons().result(id);
        assertThat(result.notes()).containsExactly("cancelled: 10 of 16 runs were not done");
        assertThat(result.cells().stream().mapToInt(cell -> cell.runs().size()).sum()).as("no late one").isEqualTo(6);
        assertThat(result.cells()).allMatch(cell -> cell.failures().isEmpty());
        coordinator.comparisons().resume(id);
        assertThat(coordinator.comparisons().get(id).ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void whenTheMinutesAreSpentNothingNewIsBegunAndTheResultSaysSo() {
        var id = create(GRID.minutes(10).spec());
        steps(id, 5);
        coordinator.advance().advance(id);
        var picked = worker.pick(1);
        coordinator.jdbc().sql("update search set active_ms = 600001, active_at = clock_timestamp()").update();

        coordinator.advance().advance(id);
        assertThat(coordinator.dispatch().waiting(id.value())).isZero();
        assertThat(coordinator.advance().advance(id)).as("one is in training").isNotInstanceOf(Step.Finished.class);
        picked.forEach(worker::settle);
        picked.forEach(worker::complete);
        assertThat(coordinator.finish(id, worker, 3)).isEqualTo(Ending.COMPLETED);

        var result = coordinator.comparisons().result(id);
        assertThat(result.notes()).containsExactly("for want of time 10 of 16 runs were not begun");
        assertThat(result.cells().stream().mapToInt(cell -> cell.runs().size()).sum()).isEqualTo(6);
        assertThat(coordinator.comparisons().get(id).endingNote()).isEqualTo("for want of time 10 runs were not begun");
        new ComparisonLedger(coordinator.jdbc(), id).balances(GRID.plan());
    }

    @Test
    void aComparisonOfWhichNothingCouldBeTrainedHasFailed() {
        worker = new SimulatedWorker(database.dataSource(),
                _ -> new Outcome.Failed(new Failure.EngineError("no such operator"), Outcome.Spent.NOTHING));
        var id = create(GRID.spec());

        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.FAILED);

        assertThat(coordinator.comparisons().get(id).endingNote())
                .isEqualTo("16 of 16 runs failed, most often: no such operator");
        assertThat(coordinator.comparisons().result(id).cells().getFirst().failures())
                .containsExactly(new CellResult.Failed(1, "no such operator"),
                        new CellResult.Failed(2, "no such operator"));
    }

    @Test
    void creatingTheSameComparisonAgainFindsItAndAnotherOneIsRefused() {
        var id = create(GRID.spec());

        assertThat(coordinator.comparisons().create("compared", GRID.spec(), Duration.ZERO))
                .isEqualTo(new Searches.Created(id, false));
        assertThat(number(id, "select count(*) from evaluation where search_id = :id")).isEqualTo(16);
        assertThatThrownBy(() -> create(GRID.seeds(3).spec())).isInstanceOf(NameTakenException.class)
                .hasMessage("comparison 'compared' exists with seeds 2, not 3: choose another name");
        assertThatThrownBy(() -> create(Grids.of("gn-relu").normalized(2).spec()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("grid.normalizationBatches is");
        assertThatThrownBy(() -> coordinator.comparisons().create("a b", GRID.spec(), Duration.ZERO))
                .hasMessageStartingWith("name is 'a b', expected");
    }

    @Test
    void aComparisonThatAnotherVersionPlannedIsLeftAloneAndCanBeCancelled() {
        var id = create(GRID.spec());
        steps(id, 2);
        coordinator.jdbc().sql("update search set evolution = evolution - 1").update();

        assertThat(coordinator.advance().advance(id)).isEqualTo(new Step.Idle());
        var said = "made by versions %d of the plan and %d of the simplifier, this program has %d and %d".formatted(
                ComparisonPlan.VERSION + 1, Simplifier.VERSION, ComparisonPlan.VERSION, Simplifier.VERSION);
        assertThat(coordinator.comparisons().get(id).otherVersions()).isEqualTo(said);
        assertThatThrownBy(() -> coordinator.comparisons().result(id)).isInstanceOf(IllegalStateException.class)
                .hasMessage("comparison compared was " + said);

        coordinator.comparisons().cancel(id);
        assertThat(coordinator.advance().advance(id)).isEqualTo(new Step.Finished(Ending.CANCELLED));
    }
}
