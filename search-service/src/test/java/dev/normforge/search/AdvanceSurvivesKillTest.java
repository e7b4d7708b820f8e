package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import dev.normforge.simulation.SimulatedWorker;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class AdvanceSurvivesKillTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    @Test
    void aStepThatDiesAtAnyStatementLeavesNothingBehind() {
        var source = new FailingDataSource(database.dataSource());
        var coordinator = database.closing(new Coordinator(source));
        var worker = new SimulatedWorker(database.dataSource());
        var spec = Specs.audited(Specs.smoke(14, 11), 0.5)
                .withStrategy(Specs.strategy(8, SeenBefore.REPLICATE, 2, 3, 3, 0.2));
        var id = coordinator.searches().create("killed", spec, null, null).id();
        var watch = JdbcClient.create(database.dataSource());
        int kills = 0;

        for (int step = 0; step < 2000 && coordinator.searches().get(id).ending() == null; step++) {
            if (step % 5 == 0) {
                kills += Kills.atEveryStatement(source, watch, () -> coordinator.advance().advance(id));
            }
            coordinator.advance().advance(id);
            worker.work(2);
        }

        assertThat(kills).isGreaterThan(50);
        Ledger.of(watch, id).balances();
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    @Test
    void coordinatorsThatAreReplacedAtRandomMomentsChangeNothing() {
        var random = new Random(3);
        var source = new FailingDataSource(database.dataSource());
        var worker = new SimulatedWorker(database.dataSource());
        var first = new Coordinator(source);
        var id = first.searches().create("killed", Specs.smoke(25, 12), null, null).id();
        first.close();

        Ending ending = null;
        for (int life = 0; life < 200 && ending == null; life++) {
            try (var coordinator = new Coordinator(source)) {
                source.dieAfter(random.nextInt(120));
                while (ending == null && !source.died()) {
                    ending = step(coordinator, id);
                    worker.work(1);
                }
            } finally {
                source.live();
            }
        }

        assertThat(ending).isEqualTo(Ending.COMPLETED);
        var jdbc = JdbcClient.create(database.dataSource());
        Ledger.of(jdbc, id).balances();
        var last = database.closing(new Coordinator(source));
        assertThat(last.replays().replay(id).differences()).isEmpty();
    }

    private static @Nullable Ending step(Coordinator coordinator, SearchId id) {
        try {
            return coordinator.advance().advance(id) instanceof Step.Finished(var ending) ? ending : null;
        } catch (RuntimeException killed) {
            return null;
        }
    }
}
