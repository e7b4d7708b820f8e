package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.TestDatabase;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Budget;
import dev.normforge.queue.EvaluationQueue;
import dev.normforge.queue.Loss;
import dev.normforge.simulation.SimulatedWorker;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class OperatorsWillIsDoneTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SimulatedWorker worker;

    @BeforeEach
    void start() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        worker = new SimulatedWorker(database.dataSource());
    }

    private SearchId create(SearchSpec spec) {
        return coordinator.searches().create("run", spec, null, null).id();
    }

    @Test
    void aPausedSearchQueuesNothingAndGoesOnWhereItWas() {
        var id = create(Specs.smoke(20, 41));
        coordinator.until(id, Phase.EVOLUTION, worker);
        coordinator.advance().advance(id);
        var picked = worker.pick(1);

        coordinator.searches().pause(id);
        assertThat(worker.work(10)).as("evaluations that still wait").isZero();
        picked.forEach(worker::settle);
        picked.forEach(worker::complete);
        coordinator.advance().advance(id);
        var paused = coordinator.searches().get(id);
        coordinator.advance().advance(id);
        assertThat(coordinator.searches().get(id)).isEqualTo(paused);
        assertThat(paused.arrivals()).isPositive();

        coordinator.searches().resume(id);
        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);
        Ledger.of(coordinator.jdbc(), id).balances();
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    @Test
    void whatIsLostWhileASearchIsPausedWaitsUntilItGoesOn() throws SQLException {
        var id = create(Specs.smoke(20, 49));
        coordinator.until(id, Phase.EVOLUTION, worker);
        coordinator.advance().advance(id);
        long picked = worker.pick(1).getFirst();
        coordinator.searches().pause(id);
        long before = Ledger.of(coordinator.jdbc(), id).number("select count(*) from outcome where search_id = :id");

        long version = Ledger.of(coordinator.jdbc(), id).number("""
                select version from scheduled_tasks where task_instance = '%d' and :id > 0""".formatted(picked));
        assertThat(new EvaluationQueue(database.dataSource()).lost(picked, version, "simulated"))
                .isEqualTo(Loss.REVIVED);
        assertThat(worker.work(10)).as("trained during the pause").isZero();
        coordinator.advance().advance(id);
        assertThat(Ledger.of(coordinator.jdbc(), id).number("select count(*) from outcome where search_id = :id"))
                .isEqualTo(before);

        coordinator.searches().resume(id);
        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);
        Ledger.of(coordinator.jdbc(), id).balances();
    }

    @Test
    void aCancelledSearchEndsAtOnceWithNothingOpenAndKeepsNoLateResult() {
        var id = create(Specs.smoke(1000, 42));
        coordinator.until(id, Phase.EVOLUTION, worker);
        for (int i = 0; i < 10; i++) {
            coordinator.advance().advance(id);
            worker.work(1);
        }
        coordinator.advance().advance(id);
        var picked = worker.pick(1);

        coordinator.searches().cancel(id);
        assertThat(coordinator.finish(id, worker, 5)).isEqualTo(Ending.CANCELLED);
        picked.forEach(worker::settle);
        picked.forEach(worker::complete);

        var ledger = Ledger.of(coordinator.jdbc(), id);
        ledger.balances();
        assertThat(ledger.number(
                "select count(*) from superseded s join evaluation e on e.id = s.evaluation_id where e.search_id = :id"))
                .isEqualTo(1);
        coordinator.searches().resume(id);
        assertThat(coordinator.searches().get(id).ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void creatingTheSameSearchAgainFindsItAndAnotherOneIsRefusedByName() {
        var spec = Specs.smoke(20, 43);
        var first = coordinator.searches().create("same", spec, "study", "a");

        assertThat(coordinator.searches().create("same", spec, "study", "a"))
                .isEqualTo(new Searches.Created(first.id(), false));
        assertThatThrownBy(() -> coordinator.searches().create("same", spec.withSeed(44), "study", "a"))
                .isInstanceOf(NameTakenException.class)
                .hasMessage("search 'same' exists with seed 43, not 44: choose another name");
        assertThatThrownBy(() -> coordinator.searches().create("same", spec, "study", "b"))
                .hasMessage("search 'same' exists with arm a, not b: choose another name");
        assertThatThrownBy(() -> coordinator.searches().create("", spec, null, null))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("name is '', expected");
        assertThatThrownBy(() -> coordinator.searches().pause(new SearchId(999)))
                .isInstanceOf(NoSuchSearchException.class);
    }

    @Test
    void aSpaceWithNothingToTrainIsExhausted() {
        var barren = database.closing(new Coordinator(database.dataSource(),
                new EvolutionPhase.Pace(Duration.ofMinutes(1), System::nanoTime, 300)));
        var space = new SearchSpec.Space(1, SearchSpec.Space.Draw.ROWS, true, 1, 3);
        var id = create(Specs.smoke(1000, 44).withSpace(space));

        assertThat(barren.finish(id, worker)).isEqualTo(Ending.EXHAUSTED);

        assertThat(coordinator.searches().get(id).endingNote())
                .isEqualTo("nothing trainable among the last 300 proposals");
        Ledger.of(coordinator.jdbc(), id).balances();
    }

    @Test
    void aBudgetOfStepsEndsEvolution() {
        var id = create(Specs.smoke(1, 45).withBudget(new Budget(null, 200L, null)));

        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);

        assertThat(Ledger.of(coordinator.jdbc(), id).number("""
                select sum(o.steps) from outcome o join evaluation e on e.id = o.evaluation_id
                 where e.search_id = :id and e.purpose in ('EVOLUTION', 'AUDIT')""")).isBetween(200L, 300L);
    }

    @Test
    void timeThatNobodyWorkedOnASearchIsNotCountedAndSpentTimeEndsIt() {
        var id = create(Specs.smoke(1, 46).withBudget(new Budget(null, null, 10.0)));
        coordinator.until(id, Phase.EVOLUTION, worker);
        // The service was down for an hour.
        coordinator.jdbc().sql("update search set active_at = active_at - interval '1 hour'").update();
        coordinator.advance().advance(id);
        assertThat(Ledger.of(coordinator.jdbc(), id).number("select active_ms from search where id = :id"))
                .isLessThan(60_000);
        assertThat(coordinator.searches().get(id).phase()).isEqualTo(Phase.EVOLUTION);

        // All of it was spent before it was down again: it must still finish.
        coordinator.jdbc().sql("update search set active_ms = 601000, active_at = active_at - interval '1 hour'")
                .update();

        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);
        assertThat(Ledger.of(coordinator.jdbc(), id)
                .number("select count(*) from evaluation where search_id = :id and purpose = 'CONFIRMATION'"))
                .isPositive();
    }

    /** Were its end noted, a turn's own time would be lost. */
    @Test
    void aTurnNotesWhenItBeganSoThatWhatItTakesCountsWithTheNext() {
        var id = create(Specs.smoke(30, 51));
        var source = database.dataSource();
        var other = database.closing(new Coordinator(source));
        var begun = new TransactionTemplate(new DataSourceTransactionManager(source)).execute(_ -> {
            other.advance().advance(id);
            return other.jdbc().sql("select active_at = now() from search where id = :id")
                    .param("id", id.value()).query(Boolean.class).single();
        });
        assertThat(begun).isTrue();
    }

    @Test
    void evolutionEndsWhenOnlyTheReserveIsLeftForAWhileAndNotForAMoment() {
        // One worker is there; its steps took 10 ms, so confirmation takes about 22 seconds.
        var id = create(Specs.smoke(1, 47).withBudget(new Budget(null, null, 10.0)));
        coordinator.until(id, Phase.EVOLUTION, worker);
        spent(545_000);
        evolve(id, 3);
        assertThat(coordinator.searches().get(id).phase()).as("reserve not reached").isEqualTo(Phase.EVOLUTION);

        spent(560_000);
        evolve(id, 3);
        assertThat(coordinator.searches().get(id).phase()).as("reached for a moment").isEqualTo(Phase.EVOLUTION);

        spent(598_000);
        evolve(id, 20);
        assertThat(coordinator.searches().get(id).phase()).as("reached for a while").isGreaterThan(Phase.EVOLUTION);
    }

    private void spent(long millis) {
        coordinator.jdbc().sql("update search set active_ms = :millis, active_at = clock_timestamp()")
                .param("millis", millis).update();
    }

    private void evolve(SearchId id, int steps) {
        for (int i = 0; i < steps; i++) {
            coordinator.advance().advance(id);
            worker.work(1);
        }
    }

    @Test
    void timeThatWasTooShortForASearchIsSaid() {
        var id = create(Specs.smoke(1, 48).withBudget(new Budget(null, null, 0.0001)));

        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);

        assertThat(coordinator.searches().get(id).endingNote()).startsWith("0.0 minutes left no time to search");
    }
}
