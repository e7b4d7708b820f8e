package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.evolution.Evolution;
import dev.normforge.graph.Simplifier;
import dev.normforge.simulation.SimulatedWorker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two versions of the program on one database, one of them by mistake: the right one must be able to go on. */
class OtherVersionsEndASearchTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SimulatedWorker worker;
    private SearchId id;

    @BeforeEach
    void aSearchOfAnotherProgram() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        worker = new SimulatedWorker(database.dataSource());
        id = coordinator.searches().create("older", Specs.smoke(12, 81), null, null).id();
        coordinator.until(id, Phase.EVOLUTION, worker);
        coordinator.jdbc().sql("update search set evolution = evolution + 1").update();
    }

    @Test
    void itIsLeftAloneAndSaysSoUntilTheRightProgramGoesOn() {
        var before = coordinator.searches().get(id);
        for (int i = 0; i < 5; i++) {
            worker.work(1);
            assertThat(coordinator.advance().advance(id)).isEqualTo(new Step.Idle());
        }
        assertThat(coordinator.searches().get(id)).isEqualTo(before);
        var said = "made by versions %d of evolution and %d of the simplifier, this program has %d and %d".formatted(
                Evolution.VERSION + 1, Simplifier.VERSION, Evolution.VERSION, Simplifier.VERSION);
        assertThat(before.otherVersions()).isEqualTo(said);
        assertThat(coordinator.summaries().find(id.value()).orElseThrow().endingNote())
                .isEqualTo("left alone: " + said);

        coordinator.jdbc().sql("update search set evolution = evolution - 1").update();
        assertThat(coordinator.searches().get(id).otherVersions()).isNull();
        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);
        Ledger.of(coordinator.jdbc(), id).balances();
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    /** Another coordinator, since this one remembers specifications. */
    @Test
    void itIsLeftAloneAndCanBeCancelledWhereItsSpecificationCannotBeRead() {
        coordinator.jdbc().sql("update search set spec = spec || '{\"novelty\": 1}'").update();
        var fresh = database.closing(new Coordinator(database.dataSource()));

        assertThat(fresh.advance().advance(id)).isEqualTo(new Step.Idle());
        fresh.searches().cancel(id);
        assertThat(fresh.advance().advance(id)).isEqualTo(new Step.Finished(Ending.CANCELLED));
    }

    @Test
    void itCanBeCancelled() {
        coordinator.searches().cancel(id);

        assertThat(coordinator.advance().advance(id)).isEqualTo(new Step.Finished(Ending.CANCELLED));

        assertThat(coordinator.dispatch().unsettled(id.value())).as("work that is left").isEmpty();
        assertThat(worker.work(10)).isZero();
    }
}
