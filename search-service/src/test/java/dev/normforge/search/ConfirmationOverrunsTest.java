package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.dispatch.Dispatch.Crew;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Budget;
import dev.normforge.protocol.SearchSpec.Confirmation;
import dev.normforge.report.Report;
import dev.normforge.simulation.SimulatedWorker;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A search promises to end within its minutes, also where training is slow, and says what it left out. */
class ConfirmationOverrunsTest {

    private static final double MINUTES = 12;
    private static final long MILLIS = 720_000;

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SimulatedWorker worker;
    private SearchId id = new SearchId(0);

    @BeforeEach
    void start() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        worker = new SimulatedWorker(database.dataSource());
    }

    /** All of confirmation takes six minutes, one worker, 10 ms a step. */
    private void create(@Nullable Integer candidates, @Nullable Double minutes) {
        var smoke = Specs.smoke(1, 71);
        var proxy = smoke.proxy();
        var data = proxy.data();
        var more = new DataSpec(data.name(), data.side(), data.crop(), data.flip(), data.train(), 5_000,
                data.confirm());
        var longer = new ProxySpec(more, proxy.anchors(), proxy.training().withSteps(80), proxy.numerics(),
                proxy.statistics(), proxy.rejections());
        var confirmation = new Confirmation(400, 8, 4, 3, List.of("gn-relu", "bn-relu", "evonorm-b0", "evonorm-s0"),
                new BatchStatistics.Precise(64));
        id = coordinator.searches().create("timed", new SearchSpec(smoke.preset(), smoke.space(), smoke.strategy(),
                smoke.screen(), new Budget(candidates, null, minutes), longer, smoke.calibration(), confirmation, 0,
                smoke.seed()), null, null).id();
    }

    /** The search's clock is what its one worker has worked, and nothing else. */
    private void turn() {
        coordinator.advance().advance(id);
        worker.work(1);
        coordinator.jdbc().sql("""
                update search set active_at = null,
                       active_ms = (select coalesce(sum(device_ms), 0) from outcome where search_id = :id)""")
                .param("id", id.value()).update();
    }

    private void until(BooleanSupplier reached) {
        for (int i = 0; i < 5000 && !reached.getAsBoolean(); i++) {
            turn();
        }
        assertThat(reached.getAsBoolean()).isTrue();
    }

    private void finish() {
        until(() -> coordinator.searches().get(id).ending() != null);
        assertThat(coordinator.searches().get(id).ending()).isEqualTo(Ending.COMPLETED);
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    private long rows(int round) {
        return Ledger.of(coordinator.jdbc(), id).number("""
                select count(*) from evaluation
                 where search_id = :id and purpose = 'CONFIRMATION' and round = %d""".formatted(round));
    }

    private long spent() {
        return Ledger.of(coordinator.jdbc(), id)
                .number("select coalesce(sum(device_ms), 0)::bigint from outcome where search_id = :id");
    }

    private Report report() {
        return Report.read(Ledger.of(coordinator.jdbc(), id).text("select report::text from search where id = :id"));
    }

    private long steps() {
        return Ledger.of(coordinator.jdbc(), id).number("""
                select distinct (p.spec #>> '{training,steps}')::bigint
                  from evaluation e join proxy p on p.hash = e.proxy_hash
                 where e.search_id = :id and e.purpose = 'CONFIRMATION' and e.round = 2""");
    }

    private void theBestAndBnReluHaveIntervalsOfTheirOwn() {
        var report = report();
        assertThat(report.confirmed()).isNotEmpty();
        var best = report.confirmed().stream()
                .filter(layer -> layer.counts().stream().filter(count -> count.round() == 2).map(Report.Counted::seed)
                        .distinct().count() == 3);
        assertThat(best).isNotEmpty().first().satisfies(layer -> assertThat(layer.testBeyondBnRelu()).isNotNull());
    }

    @Test
    void fastWorkersConfirmAllThatIsAskedFor() {
        create(null, MINUTES);

        finish();

        assertThat(rows(1)).isEqualTo(8);
        assertThat(rows(2)).isEqualTo(24);
        assertThat(steps()).isEqualTo(400);
        assertThat(report().endingNote()).isNull();
        assertThat(spent()).isBetween(MILLIS / 2, MILLIS);
    }

    @Test
    void withoutALimitOfMinutesSlowWorkersDoToo() {
        worker.slower(20);
        create(12, null);

        finish();

        assertThat(rows(2)).isEqualTo(24);
        assertThat(report().endingNote()).isNull();
        assertThat(spent()).isGreaterThan(MILLIS);
    }

    @Test
    void slowWorkersConfirmLessInTimeAndTheReportSaysSo() {
        worker.slower(4);
        create(null, MINUTES);
        until(() -> rows(2) > 0);
        long ordered = rows(2);

        // Another coordinator takes over, when workers are fast again: what is ordered stands.
        coordinator = database.closing(new Coordinator(database.dataSource()));
        worker.slower(1);
        turn();
        worker.slower(4);
        finish();

        assertThat(rows(2)).isEqualTo(ordered).isLessThan(24);
        theBestAndBnReluHaveIntervalsOfTheirOwn();
        assertThat(report().endingNote()).startsWith("for want of time").contains("confirmation has", " of 4 layers");
        assertThat(report().markdown()).contains("for want of time confirmation has");
        assertThat(spent()).isLessThan(MILLIS * 105 / 100);
    }

    @Test
    void whatTheFirstRoundTookDecidesOnTheSecond() {
        create(null, MINUTES);
        until(() -> rows(1) > 0);
        assertThat(rows(1)).isEqualTo(8);
        long begun = spent();
        worker.slower(2);

        finish();

        assertThat(rows(2)).as("begun after %d ms, ended after %d: %s", begun, spent(), report().endingNote())
                .isBetween(6L, 23L);
        theBestAndBnReluHaveIntervalsOfTheirOwn();
        assertThat(spent()).isLessThan(MILLIS * 105 / 100);
    }

    @Test
    void workersThatBecomeSlowAfterTheLastOrderLeaveOutWhatNobodyHasBegun() {
        create(null, MINUTES);
        until(() -> rows(2) > 0);
        worker.slower(5);

        finish();

        theBestAndBnReluHaveIntervalsOfTheirOwn();
        assertThat(report().endingNote()).matches("for want of time \\d+ runs of the second round .* not begun");
        assertThat(Ledger.of(coordinator.jdbc(), id).number(
                "select count(*) from outcome where search_id = :id and reason = 'cancelled'")).isPositive();
    }

    @Test
    void veryLittleTimeStillComparesOneLayer() {
        create(null, MINUTES);
        coordinator.until(id, Phase.EVOLUTION, worker);
        until(() -> coordinator.searches().get(id).arrivals() > 3);
        worker.slower(100);

        finish();

        assertThat(rows(2)).isEqualTo(6);
        assertThat(steps()).isEqualTo(100);
        theBestAndBnReluHaveIntervalsOfTheirOwn();
    }

    /** A second that a worker needs to come back must not cost the search its field. */
    @Test
    void aWorkerThatIsBeingReplacedCounts() {
        var dispatch = coordinator.dispatch();
        assertThat(dispatch.crew().places()).isEqualTo(1);
        coordinator.jdbc().sql("""
                insert into worker (name, host, pid, device, version, started_at) values
                  ('local-a1-77-0', 'here', 1, 'none', '0', clock_timestamp() - interval '1 h'),
                  ('local-a1-77-1', 'here', 2, 'none', '0', clock_timestamp() - interval '1 h')""").update();
        coordinator.jdbc().sql("""
                update worker set stopped_at = clock_timestamp(), stop_reason = 'killed: signal 9'
                 where name = 'local-a1-77-1'""").update();
        assertThat(dispatch.crew()).isEqualTo(new Crew(3, true));
        coordinator.jdbc()
                .sql("""
                        insert into worker (name, host, pid, device, version, stopped_at, stop_reason)
                        values ('local-a1-77-2', 'here', 4, 'none', '0', clock_timestamp(), 'unfit: no images')""")
                .update();
        assertThat(dispatch.crew()).as("its successor has no images either").isEqualTo(new Crew(3, true));

        coordinator.jdbc()
                .sql("""
                        insert into worker (name, host, pid, device, version) values ('local-a2-77-1', 'here', 3, 'none', '0')""")
                .update();
        assertThat(dispatch.crew()).isEqualTo(new Crew(3, false));
    }
}
