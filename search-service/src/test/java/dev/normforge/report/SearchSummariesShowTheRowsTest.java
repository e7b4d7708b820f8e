package dev.normforge.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.TestDatabase;
import dev.normforge.report.Calibration.Noise;
import dev.normforge.report.Funnel.Stage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class SearchSummariesShowTheRowsTest {

    private static final List<String> ANCHORS = List.of("resnet", "mobilenetv2");
    private static final Calibration CALIBRATION = new Calibration(ANCHORS, new Noise(List.of(0.01, 0.01), 0.008, 8),
            List.of(new Calibration.Baseline("affine-relu", 3, 0, new Interval(0.16, 0.14, 0.18), List.of(),
                    List.of())),
            new Calibration.Separation(Calibration.Separation.Answer.YES, 0.1, 10, "It separates."));

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private JdbcClient jdbc;
    private SearchSummaries summaries;

    @BeforeEach
    void connect() {
        jdbc = JdbcClient.create(database.dataSource());
        summaries = new SearchSummaries(jdbc);
    }

    @Test
    void aSearchThatJustBeganHasNothingToShowAndNoGaps() {
        var search = StoredSearch.withBudget(jdbc, "{\"minutes\": 12}");
        var view = summaries.find(search.id).orElseThrow();
        assertThat(view.name()).isEqualTo(search.name);
        assertThat(view.phase()).isEqualTo("CALIBRATION");
        assertThat(view.best()).isNull();
        assertThat(view.verdict()).isNull();
        assertThat(view.trained() + view.scored() + view.waiting() + view.running() + view.stepsSpent()).isZero();
        assertThat(view.remainingMillis()).isEqualTo(720_000);
        assertThat(summaries.front(search.id, null).orElseThrow().members()).isEmpty();
        assertThat(summaries.funnel(search.id).rows()).isEmpty();
        assertThat(summaries.calibration(search.id)).isEmpty();
        assertThat(summaries.audit(search.id).threshold()).isNull();
    }

    @Test
    void countsComeFromFunnelAndQueueOfThisSearchAlone() {
        var search = StoredSearch.withBudget(jdbc, "{\"minutes\": 12}");
        var other = StoredSearch.withBudget(jdbc, "{\"minutes\": 12}");
        for (var each : List.of(search, other)) {
            each.funnel("STATIC", "NO_INPUT", 70, 0, 0);
            each.funnel("QUALITY", "high-loss", 5, 100, 300);
            each.funnel("SCORED", "scored", 3, 720, 0);
            each.funnel("FAILED", "worker-lost", 1, 10, 0);
            each.funnel("AUDIT", "high-loss", 1, 200, 0);
        }
        search.birth(1, "tanh(x)");
        search.task(search.evaluation("EVOLUTION", 0, 1, null, 0, false), true);
        search.task(search.evaluation("EVOLUTION", 0, 1, null, 1, false), false);
        search.task(search.evaluation("CALIBRATION", 0, null, "bn-relu", 0, false), false);
        search.jdbc.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values ('other', 'not a number', now(), false, 1) on conflict do nothing
                """).update();
        var view = summaries.find(search.name).orElseThrow();
        assertThat(view.trained()).isEqualTo(9);
        assertThat(view.scored()).isEqualTo(3);
        assertThat(view.running()).isEqualTo(1);
        assertThat(view.waiting()).isEqualTo(2);
        assertThat(view.stepsSpent()).isEqualTo(1030);
        assertThat(summaries.find(other.id).orElseThrow().waiting()).isZero();
    }

    @Test
    void theFunnelIsInTheOrderOfALifeAndItsSumIsTheBirths() {
        var search = StoredSearch.withBudget(jdbc, "{\"minutes\": 12}");
        search.funnel("AUDIT", "high-loss", 2, 400, 0);
        search.funnel("SCORED", "scored", 3, 720, 0);
        search.funnel("STATIC", "NO_INPUT", 10, 0, 0);
        search.funnel("STATIC", "CONSTANT_OVER_SPACE", 60, 0, 0);
        search.funnel("SEEN", "copies", 4, 0, 0);
        search.funnel("STABILITY", "unstable", 1, 0, 240);
        var funnel = summaries.funnel(search.id);
        assertThat(funnel.rows()).extracting(Funnel.Row::stage).containsExactly(Stage.STATIC, Stage.STATIC, Stage.SEEN,
                Stage.STABILITY, Stage.SCORED, Stage.AUDIT);
        assertThat(funnel.rows().getFirst().reason()).isEqualTo("CONSTANT_OVER_SPACE");
        assertThat(funnel.births()).isEqualTo(78);
        assertThat(funnel.stepsSaved()).isEqualTo(240);
    }

    @Test
    void theBestLayerHasFormulaMeanAndCalibrationsInterval() {
        var search = StoredSearch.withBudget(jdbc, "{\"minutes\": 12}");
        search.calibrated(CALIBRATION);
        search.birth(1, "best-a");
        search.birth(2, "best-b");
        search.arrived(1, 250, 260);
        search.arrived(2, 300, 280);
        var view = summaries.find(search.id).orElseThrow();
        var best = requireNonNull(view.best());
        assertThat(best.birth()).isEqualTo(2);
        assertThat(best.formula()).isEqualTo("best-b");
        assertThat(best.accuracy().mean()).isCloseTo(0.29, within(1e-9));
        double deviation = Math.sqrt(0.008 * 0.008 + 0.29 * 0.71 / 1000);
        assertThat(best.accuracy().high() - 0.29).isBetween(1.95 * deviation, 2.3 * deviation);
        assertThat(view.verdict()).isEqualTo("It separates.");
    }

    @Test
    void theFrontOfAnyArrivalIsShownWithHowSureItIs() {
        var search = StoredSearch.withBudget(jdbc, "{\"minutes\": 12}");
        search.calibrated(CALIBRATION);
        search.birth(1, "early");
        search.birth(2, "strong");
        search.birth(3, "lucky");
        search.birth(4, "nearly");
        search.stands(1, search.arrived(1, 200, 200), 2);
        search.stands(2, search.arrived(2, 500, 200), null);
        search.stands(3, search.arrived(3, 200, 400), null);
        search.arrived(4, 200, 399);
        var first = summaries.front(search.id, 1).orElseThrow();
        assertThat(first.members()).extracting(FrontView.Standing::birth).containsExactly(1);
        assertThat(first.members().getFirst().solid()).isTrue();
        var now = summaries.front(search.id, null).orElseThrow();
        assertThat(now.ordinal()).isEqualTo(4);
        assertThat(now.anchors()).containsExactlyElementsOf(ANCHORS);
        assertThat(now.members()).extracting(FrontView.Standing::formula).containsExactly("strong", "lucky");
        assertThat(now.members()).extracting(FrontView.Standing::solid).containsExactly(true, false);
        assertThat(now.hypervolume()).isCloseTo(0.5 * 0.2 + 0.2 * 0.4 - 0.2 * 0.2, within(1e-9));
    }

    @Test
    void remainingTimeIsExtrapolatedFromAStepBudget() {
        var search = StoredSearch.withBudget(jdbc, "{\"minutes\": null, \"steps\": 1000, \"candidates\": null}");
        search.set("phase = 'EVOLUTION', evolution_started_at = clock_timestamp() - interval '100 s'");
        assertThat(summaries.find(search.id).orElseThrow().remainingMillis()).isNull();
        search.funnel("SCORED", "scored", 1, 250, 0);
        assertThat(summaries.find(search.id).orElseThrow().remainingMillis()).isBetween(290_000L, 320_000L);
        search.set("phase = 'FINISHED', ending = 'COMPLETED'");
        assertThat(summaries.find(search.id).orElseThrow().remainingMillis()).isZero();
    }

    /** A service that stood still for an hour has not run for an hour. */
    @Test
    void timeInWhichNobodyRanDoesNotCountAsActive() {
        var search = StoredSearch.withBudget(jdbc, "{\"minutes\": 12}");
        search.set("active_ms = 5000, active_at = clock_timestamp() - interval '1 hour'");
        assertThat(summaries.find(search.id).orElseThrow().activeMillis()).isEqualTo(15_000);
        search.set("intent = 'PAUSE'");
        assertThat(summaries.find(search.id).orElseThrow().activeMillis()).isEqualTo(5_000);
    }

    @Test
    void searchesAreListedNewestFirstInPages() {
        var older = StoredSearch.withBudget(jdbc, "{\"minutes\": 1}");
        var newer = StoredSearch.withBudget(jdbc, "{\"minutes\": 1}");
        assertThat(summaries.list(newer.id + 1, 2)).extracting(SearchView::id).containsExactly(newer.id, older.id);
        assertThat(summaries.list(newer.id, 1)).extracting(SearchView::id).containsExactly(older.id);
    }

    @Test
    void falseRejectionsAreCountedPerStageAgainstAffineRelu() {
        var search = StoredSearch.withBudget(jdbc, "{\"minutes\": 12}");
        search.calibrated(CALIBRATION);
        search.scored(search.evaluation("CALIBRATION", 0, null, "bn-relu", 0, false), 1000, 300, 300);
        search.scored(search.evaluation("CALIBRATION", 0, null, "affine-relu", 0, false), 1000, 180, 160);
        search.scored(search.evaluation("CALIBRATION", 0, null, "affine-relu", 1, false), 1000, 140, 160);
        search.scored(search.evaluation("CALIBRATION", 0, null, "affine-relu", 2, false), 1000, 200, 0); // diverged
        search.funnel("STACK", "STACK_GROWTH", 40, 0, 0);
        search.funnel("QUALITY", "high-loss", 30, 100, 500);
        for (int birth = 0; birth < 4; birth++) {
            search.birth(birth, "stack-" + birth, "STACK");
            long audit = search.evaluation("AUDIT", 0, birth, null, 0, false);
            switch (birth) {
                case 0 -> search.scored(audit, 1000, 160, 160);
                case 1 -> search.scored(audit, 1000, 159, 160);
                case 2 -> search.rejected(audit, "NUMERIC", "not-finite", 1000);
                default -> search.failed(audit);
            }
        }
        search.birth(10, "gated");
        search.rejected(search.evaluation("EVOLUTION", 0, 10, null, 0, true), "QUALITY", "high-loss", 1000, 300, 300);
        search.birth(11, "gated without audit");
        search.rejected(search.evaluation("EVOLUTION", 0, 11, null, 0, false), "QUALITY", "high-loss", 1000);
        var audit = summaries.audit(search.id);
        assertThat(audit.threshold()).isEqualTo(0.16);
        assertThat(audit.stages()).extracting(Audit.Row::stage).containsExactly(Stage.STACK, Stage.QUALITY);
        assertThat(audit.stages()).extracting(Audit.Row::rejected).containsExactly(40L, 30L);
        assertThat(audit.stages()).extracting(Audit.Row::audited).containsExactly(3L, 1L);
        assertThat(audit.stages()).extracting(Audit.Row::falselyRejected).containsExactly(1L, 1L);
        assertThat(audit.stages().getLast().reasons()).containsExactly(
                new Audit.Reason("high-loss", 1, 1, audit.stages().getLast().rate()));
        var rate = requireNonNull(audit.stages().getFirst().rate());
        assertThat(rate.mean()).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(rate.low()).isGreaterThan(0);
    }
}
