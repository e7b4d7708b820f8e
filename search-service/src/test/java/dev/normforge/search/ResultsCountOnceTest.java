package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Outcome.Spent;
import dev.normforge.simulation.SimulatedWorker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResultsCountOnceTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    @Test
    void aSettledEvaluationWhoseCompletionWasLostIsNotCountedTwice() {
        var coordinator = database.closing(new Coordinator(database.dataSource()));
        var worker = new SimulatedWorker(database.dataSource());
        var id = coordinator.searches().create("lost", Specs.smoke(10, 31), null, null).id();
        coordinator.until(id, Phase.EVOLUTION, worker);
        coordinator.advance().advance(id);

        var picked = worker.pick(2);
        picked.forEach(worker::settle);
        coordinator.advance().advance(id);
        long arrivals = coordinator.searches().get(id).arrivals();
        // The completions never happened; another worker is handed the same evaluations and reports other numbers.
        var second = new SimulatedWorker(database.dataSource(),
                request -> new Outcome.Failed(new Failure.EngineError("late"), Spent.NOTHING));
        picked.forEach(second::settle);
        coordinator.advance().advance(id);

        assertThat(coordinator.searches().get(id).arrivals()).isEqualTo((int) arrivals).isGreaterThanOrEqualTo(2);
        var ledger = Ledger.of(coordinator.jdbc(), id);
        assertThat(ledger.number(
                "select count(*) from superseded s join evaluation e on e.id = s.evaluation_id where e.search_id = :id"))
                .isEqualTo(2);
        picked.forEach(worker::complete);
        coordinator.finish(id, worker);
        ledger.balances();
    }

    @Test
    void whatNobodyLearnedMayBeOrderedAgainAndWhatBringsWorkersDownMayNot() {
        var coordinator = database.closing(new Coordinator(database.dataSource()));
        var failing = new SimulatedWorker(database.dataSource(), request -> !request.gates()
                ? null
                : request.seed() % 2 == 0 || request.id() % 3 == 0
                        ? new Outcome.Failed(new Failure.WorkerLost(10), Spent.NOTHING)
                        : request.id() % 3 == 1
                                ? new Outcome.Failed(new Failure.WorkerCrashed(3, "died: exit 134"), Spent.NOTHING)
                                : null);
        var id = coordinator.searches().create("failing", Specs.smoke(12, 32), null, null).id();

        var ending = coordinator.finish(id, failing);

        assertThat(ending).isIn(Ending.COMPLETED, Ending.FAILED);
        var ledger = Ledger.of(coordinator.jdbc(), id);
        ledger.balances();
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    @Test
    void aSearchWhoseEvaluationsAllFailEndsAsFailedAndSaysWhy() {
        var coordinator = database.closing(new Coordinator(database.dataSource()));
        var failing = new SimulatedWorker(database.dataSource(), request -> request.gates()
                ? new Outcome.Failed(new Failure.DataUnavailable("no images"), Spent.NOTHING)
                : null);
        var id = coordinator.searches().create("failing", Specs.smoke(100, 33), null, null).id();

        assertThat(coordinator.finish(id, failing)).isEqualTo(Ending.FAILED);

        assertThat(coordinator.searches().get(id).endingNote()).contains("30 evaluations in a row failed",
                "data-unavailable: no images");
        Ledger.of(coordinator.jdbc(), id).balances();
    }

    @Test
    void aSearchWithoutASingleReferenceEndsBeforeItsBudgetIsSpent() {
        var coordinator = database.closing(new Coordinator(database.dataSource()));
        var failing = new SimulatedWorker(database.dataSource(),
                _ -> new Outcome.Failed(new Failure.DataUnavailable("no images"), Spent.NOTHING));
        var id = coordinator.searches().create("failing", Specs.smoke(100, 34), null, null).id();

        assertThat(coordinator.finish(id, failing)).isEqualTo(Ending.FAILED);

        assertThat(coordinator.searches().get(id).births()).isZero();
        assertThat(coordinator.searches().get(id).endingNote())
                .isEqualTo("no reference layer could be trained: data-unavailable: no images");
    }

    @Test
    void aFailedRunOfConfirmationHoldsUpNobody() {
        var coordinator = database.closing(new Coordinator(database.dataSource()));
        var failing = new SimulatedWorker(database.dataSource(),
                request -> request.scoredOn() != dev.normforge.protocol.EvaluationRequest.ScoredOn.SEARCH
                        && request.id() % 2 == 0
                                ? new Outcome.Failed(new Failure.WorkerLost(10), Spent.NOTHING)
                                : null);
        var id = coordinator.searches().create("failing", Specs.smoke(10, 35), null, null).id();

        assertThat(coordinator.finish(id, failing)).isEqualTo(Ending.COMPLETED);
    }
}
