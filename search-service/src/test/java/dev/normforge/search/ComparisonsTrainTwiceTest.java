package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonPlan;
import dev.normforge.comparison.Grids;
import dev.normforge.comparison.Run;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.simulation.SimulatedWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class ComparisonsTrainTwiceTest {

    /** Two anchors: bn-relu at three batches and gn-relu at three, each once whatever the statistics: 12 trainings. */
    private static final ComparisonSpec SPEC = Grids.of("bn-relu", "gn-relu", "native-gn-relu").batches(4, 8)
            .statistics(Grids.MOVING, Grids.PRECISE).curves().evaluations(3).seeds(3).spec();
    private static final ComparisonPlan PLAN = ComparisonPlan.of(SPEC);

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private static SearchId create(Coordinator coordinator, ComparisonSpec spec) {
        return coordinator.comparisons().create("compared", spec, Duration.ZERO).id();
    }

    @Test
    void aWholeComparisonTrainsEachOnceAndFillsEveryCell() {
        var coordinator = database.closing(new Coordinator(database.dataSource()));
        var worker = new SimulatedWorker(database.dataSource());
        var id = create(coordinator, SPEC);

        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);

        new ComparisonLedger(coordinator.jdbc(), id).balances(PLAN);
        assertThat(worker.trained()).hasSize(PLAN.runs()).doesNotHaveDuplicates().isSorted();
        var result = coordinator.comparisons().result(id);
        assertThat(result.notes()).isEmpty();
        assertThat(result.trainings()).isEqualTo(12);
        assertThat(result.cells().stream().map(CellResult::cell).toList())
                .isEqualTo(PLAN.cells().stream().map(ComparisonPlan.PlannedCell::cell).toList());
        assertThat(result.cells()).allSatisfy(cell -> assertThat(cell.runs().stream().map(Run::seed))
                .as("common seeds of %s", cell.cell()).containsExactly(1L, 2L, 3L));
        var progress = coordinator.comparisons().progress(id);
        assertThat(progress.done()).isEqualTo(progress.runs()).isEqualTo(36);
        assertThat(progress.stepsDone()).isEqualTo(progress.steps()).isEqualTo(3L * 6 * (40 + 20));
        assertThat(progress.remainingMillis()).isZero();
    }

    @Test
    void twoCoordinatorsAndTwoWorkersShareAComparison() throws Exception {
        var one = database.closing(new Coordinator(database.dataSource()));
        var other = database.closing(new Coordinator(database.dataSource()));
        var id = create(one, SPEC);
        var moved = List.of(new AtomicInteger(), new AtomicInteger());
        var workers = List.of(new SimulatedWorker(database.dataSource()), new SimulatedWorker(database.dataSource()));

        try (var threads = Executors.newFixedThreadPool(4)) {
            var running = new ArrayList<Future<?>>();
            running.add(threads.submit(coordinating(one, id, moved.getFirst())));
            running.add(threads.submit(coordinating(other, id, moved.getLast())));
            for (var worker : workers) {
                running.add(threads.submit(() -> {
                    while (!one.comparisons().get(id).finished()) {
                        worker.work(1);
                    }
                }));
            }
            for (var thread : running) {
                thread.get();
            }
        }

        assertThat(moved).as("steps of both").allMatch(steps -> steps.get() > 0);
        new ComparisonLedger(one.jdbc(), id).balances(PLAN);
        assertThat(workers.stream().flatMap(worker -> worker.trained().stream())).hasSize(PLAN.runs())
                .doesNotHaveDuplicates();
        assertThat(one.comparisons().get(id).ending()).isEqualTo(Ending.COMPLETED);
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

    @Test
    void aCoordinatorThatDiesAtAnyStatementLosesNothingAndOrdersNothingTwice() {
        var source = new FailingDataSource(database.dataSource());
        var coordinator = database.closing(new Coordinator(source));
        var worker = new SimulatedWorker(database.dataSource());
        var watch = JdbcClient.create(database.dataSource());
        var spec = Grids.of("bn-relu", "gn-relu").statistics(Grids.MOVING, Grids.PRECISE).seeds(2).spec();
        int kills = Kills.atEveryStatement(source, watch, () -> create(coordinator, spec));
        var id = create(coordinator, spec);
        assertThat(new ComparisonLedger(watch, id).number("select count(*) from search where id <= :id")).isOne();

        for (int step = 0; step < 1000 && !coordinator.comparisons().get(id).finished(); step++) {
            kills += Kills.atEveryStatement(source, watch, () -> coordinator.advance().advance(id));
            worker.work(1);
        }

        assertThat(kills).as("statements of a creation and of nine steps or more").isGreaterThan(80);
        new ComparisonLedger(watch, id).balances(ComparisonPlan.of(spec));
        assertThat(worker.trained()).hasSize(8).doesNotHaveDuplicates();
        assertThat(coordinator.comparisons().result(id).cells()).allMatch(cell -> cell.runs().size() == 2);
    }
}
