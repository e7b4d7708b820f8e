package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.simulation.SimulatedWorker;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TwoCoordinatorsShareASearchTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    @Test
    void noBirthAndNoArrivalIsDoubledOrMissing() throws Exception {
        var one = database.closing(new Coordinator(database.dataSource()));
        var other = database.closing(new Coordinator(database.dataSource()));
        var id = one.searches().create("shared", Specs.audited(Specs.smoke(60, 21), 0.3), null, null).id();
        var moved = new AtomicInteger[]{new AtomicInteger(), new AtomicInteger()};

        try (var threads = Executors.newFixedThreadPool(4)) {
            var running = new ArrayList<Future<?>>();
            running.add(threads.submit(coordinating(one, id, moved[0])));
            running.add(threads.submit(coordinating(other, id, moved[1])));
            for (int i = 0; i < 2; i++) {
                var worker = new SimulatedWorker(database.dataSource());
                running.add(threads.submit(() -> {
                    while (one.searches().get(id).ending() == null) {
                        worker.work(1);
                    }
                }));
            }
            for (var thread : running) {
                thread.get();
            }
        }

        assertThat(moved[0].get()).as("steps of the first").isPositive();
        assertThat(moved[1].get()).as("steps of the second").isPositive();
        Ledger.of(one.jdbc(), id).balances();
        assertThat(one.replays().replay(id).differences()).isEmpty();
    }

    private static Callable<Void> coordinating(Coordinator coordinator, SearchId id, AtomicInteger moved) {
        return () -> {
            while (true) {
                switch (coordinator.advance().advance(id)) {
                    case Step.Moved _ -> moved.incrementAndGet();
                    case Step.Finished _ -> {
                        return null;
                    }
                    case Step.Busy() -> Thread.onSpinWait();
                    case Step.Idle() -> Thread.onSpinWait();
                }
            }
        };
    }
}
