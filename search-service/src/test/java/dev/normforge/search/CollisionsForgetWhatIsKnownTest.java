package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.simulation.SimulatedWorker;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is known of a long search takes long to read: it is kept as long as it may be used, and no longer. */
class CollisionsForgetWhatIsKnownTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SimulatedWorker worker;
    private SearchId id;

    @BeforeEach
    void start() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        worker = new SimulatedWorker(database.dataSource());
        id = coordinator.searches().create("run", Specs.smoke(12, 61), null, null).id();
        coordinator.until(id, Phase.EVOLUTION, worker);
        coordinator.advance().advance(id);
        assertThat(coordinator.advance().remembers(id)).isTrue();
    }

    @Test
    void aTurnThatFindsTheSearchTakenKeepsIt() throws SQLException {
        try (var other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            try (var lock = other.createStatement()) {
                lock.execute("select 1 from search for no key update");
            }
            assertThat(coordinator.advance().advance(id)).isEqualTo(new Step.Busy());
            other.rollback();
        }

        assertThat(coordinator.advance().remembers(id)).isTrue();
        // Another coordinator goes on meanwhile: the rest is read from its rows.
        try (var other = new Coordinator(database.dataSource())) {
            for (int i = 0; i < 4; i++) {
                worker.work(1);
                other.advance().advance(id);
            }
        }
        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    @Test
    void aSearchThatAnotherCoordinatorFinishedIsForgotten() {
        try (var other = new Coordinator(database.dataSource())) {
            other.finish(id, worker);
        }

        coordinator.advance().rememberOnly(List.of());

        assertThat(coordinator.advance().remembers(id)).isFalse();
    }
}
