package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.graph.IndexSet;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.simulation.SimulatedWorker;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole searches, from creation to report, on a worker that answers at once. */
class EveryBirthEndsOnceTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator() {
        return database.closing(new Coordinator(database.dataSource()));
    }

    private SearchId run(Coordinator coordinator, SearchSpec spec) {
        var id = coordinator.searches().create("run", spec, null, null).id();
        var ending = coordinator.finish(id, new SimulatedWorker(database.dataSource()));
        assertThat(ending).isEqualTo(Ending.COMPLETED);
        return id;
    }

    @Test
    void aSearchPassesAllPhasesAndItsLedgerBalances() {
        var coordinator = coordinator();

        var id = run(coordinator, Specs.smoke(40, 1));

        Ledger.of(coordinator.jdbc(), id).balances();
        assertThat(Ledger.of(coordinator.jdbc(), id).number("""
                select count(*) from evaluation where search_id = :id and purpose = 'EVOLUTION'""")).isEqualTo(40);
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
        assertThat(coordinator.searches().get(id).phase()).isEqualTo(Phase.FINISHED);
    }

    @Test
    void confirmationUsesFreshSeedsOtherImagesAndOpensTestImagesLast() {
        var coordinator = coordinator();

        var id = run(coordinator, Specs.smoke(12, 2));

        var ledger = Ledger.of(coordinator.jdbc(), id);
        assertThat(ledger.number("""
                select count(*) from evaluation where search_id = :id and purpose = 'CONFIRMATION'
                   and seed in (select seed from evaluation where search_id = :id and purpose <> 'CONFIRMATION')"""))
                .isZero();
        assertThat(ledger.number("""
                select count(*) from evaluation where search_id = :id and purpose = 'CONFIRMATION' and gates"""))
                .isZero();
        assertThat(ledger
                .text("""
                        select string_agg(round || ':' || scored_on || ':' || coalesce(reference, 'layer') || 'x' || n, ' ' order by
                               round, reference nulls first)
                          from (select round, scored_on, reference, count(*) as n from evaluation
                                 where search_id = :id and purpose = 'CONFIRMATION' group by 1, 2, 3) rows"""))
                .isEqualTo("1:CONFIRM:layerx2 2:CONFIRM_AND_TEST:layerx2 2:CONFIRM_AND_TEST:bn-relux2");
        assertThat(ledger.number("""
                select count(*) from sealed_test t join evaluation e on e.id = t.evaluation_id
                 where e.search_id = :id and e.round <> 2""")).isZero();
    }

    @Test
    void randomSearchHasNoParents() {
        var coordinator = coordinator();
        var spec = Specs.smoke(20, 3);

        var id = run(coordinator, spec.withStrategy(spec.strategy().random()));

        assertThat(Ledger.of(coordinator.jdbc(), id)
                .number("""
                        select count(*) from candidate where search_id = :id and (parent_birth is not null or origin <> 'RANDOM')"""))
                .isZero();
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    @Test
    void aBatchIndependentSearchTrainsNoBatchAggregation() {
        var coordinator = coordinator();
        var space = new SearchSpec.Space(10, SearchSpec.Space.Draw.ROWS, true, null, null);

        var id = run(coordinator, Specs.smoke(30, 4).withSpace(space));

        assertThat(Ledger.of(coordinator.jdbc(), id).number("""
                select count(*) from evaluation e join candidate c on c.search_id = e.search_id and c.birth = e.birth
                  join phenotype p on p.id = c.phenotype_id where e.search_id = :id and p.batch_statistics"""))
                .isZero();
        assertThat(IndexSet.BATCH).isNotNull();
    }

    @Test
    void mutatingAgainTrainsNoPhenotypeTwice() {
        var coordinator = coordinator();

        var id = run(coordinator, Specs.smoke(60, 5));

        var ledger = Ledger.of(coordinator.jdbc(), id);
        assertThat(ledger.number("""
                select count(*) from (select c.phenotype_id from candidate c
                  where c.search_id = :id and c.fate = 'EVALUATED' group by 1 having count(*) > 1) twice""")).isZero();
        assertThat(ledger.number("""
                select coalesce(max(n), 0) from (select count(*) as n from candidate
                  where search_id = :id and fate = 'EVALUATED' group by initial_behaviour) alike"""))
                .isLessThanOrEqualTo(3);
        assertThat(ledger.number("""
                select count(*) from candidate where search_id = :id and fate = 'INHERITED'""")).isZero();
    }

    @Test
    void neutralMutantsAreReplicatedThenInheritThenAreDiscarded() {
        var coordinator = coordinator();
        var spec = Specs.smoke(60, 6).withStrategy(Specs.strategy(16, SeenBefore.REPLICATE, 2, 4, 0, 0.1));

        var id = run(coordinator, spec);

        var ledger = Ledger.of(coordinator.jdbc(), id);
        ledger.balances();
        assertThat(ledger.number("select count(*) from evaluation where search_id = :id and replicate = 1"))
                .as("replicates").isPositive();
        assertThat(ledger.number(
                "select coalesce(max(replicate), 0) from evaluation where search_id = :id and purpose = 'EVOLUTION'"))
                .isEqualTo(1);
        assertThat(ledger.number(
                "select coalesce(sum(candidates), 0) from funnel where search_id = :id and stage = 'INHERITED'"))
                .as("inherited").isPositive();
        assertThat(ledger.number("""
                select coalesce(sum(candidates), 0) from funnel
                 where search_id = :id and stage = 'SEEN' and reason = 'TOO_MANY_COPIES'""")).as("discarded")
                .isPositive();
        assertThat(ledger
                .number("""
                        select count(*) from arrival a join candidate c on c.search_id = a.search_id and c.birth = a.birth
                          join arrival o on o.search_id = a.search_id and o.evaluation_id = a.evaluation_id and o.birth <> a.birth
                          join candidate s on s.search_id = o.search_id and s.birth = o.birth and s.fate = 'EVALUATED'
                         where a.search_id = :id and c.fate = 'INHERITED' and s.phenotype_id <> c.phenotype_id"""))
                .isZero();
        assertThat(ledger.number("""
                select count(*) from candidate c join evaluation e on e.search_id = c.search_id and e.birth = c.birth
                 where c.search_id = :id and c.fate = 'INHERITED' and e.purpose = 'EVOLUTION'""")).isZero();
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    @Test
    void pooledCountsAreTheSumOfTheReplicates() {
        var coordinator = coordinator();
        var spec = Specs.smoke(60, 7).withStrategy(Specs.strategy(16, SeenBefore.REPLICATE, 3, 0, 0, 0.1));

        var id = run(coordinator, spec);

        assertThat(Ledger.of(coordinator.jdbc(), id)
                .number("""
                        select count(*) from (
                          select a.ordinal, a.correct[1] as pooled,
                                 (select sum(r.correct) from arrival b
                                    join candidate d on d.search_id = b.search_id and d.birth = b.birth
                                    join anchor_result r on r.evaluation_id = b.evaluation_id and r.anchor = 0
                                   where b.search_id = a.search_id and d.phenotype_id = c.phenotype_id and b.ordinal <= a.ordinal
                                     and d.fate = 'EVALUATED') as own
                            from arrival a join candidate c on c.search_id = a.search_id and c.birth = a.birth
                           where a.search_id = :id and a.correct is not null) rows where pooled <> own"""))
                .isZero();
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    /** A layer that brings its worker down has not been rejected, nor has its copy. */
    @Test
    void copiesInheritFailuresAsFailures() {
        var coordinator = coordinator();
        var spec = Specs.smoke(40, 6).withSpace(new SearchSpec.Space(2, SearchSpec.Space.Draw.ROWS, false, null, null))
                .withStrategy(Specs.strategy(16, SeenBefore.REPLICATE, 1, 0, 0, 0.5));
        var id = coordinator.searches().create("run", spec, null, null).id();
        var worker = new SimulatedWorker(database.dataSource(),
                request -> request.gates() && request.layer() instanceof SlotLayer.Graph(var graph)
                        && Arrays.hashCode(graph.packed()) % 3 == 0
                                ? new Outcome.Failed(new Failure.EngineError("broken"), Outcome.Spent.NOTHING)
                                : null);

        assertThat(coordinator.finish(id, worker)).isEqualTo(Ending.COMPLETED);

        var ledger = Ledger.of(coordinator.jdbc(), id);
        ledger.balances();
        assertThat(ledger.text("""
                select string_agg(reason || ' ' || candidates, ', ' order by reason) from funnel
                 where search_id = :id and stage = 'INHERITED'""")).contains("failure").isEqualTo(ledger
                .text("""
                        select string_agg(kind || ' ' || n, ', ' order by kind) from (
                          select case o.kind when 'SCORED' then 'score' when 'REJECTED' then 'rejection' else 'failure' end as kind,
                                 count(*) as n
                            from candidate c join arrival a on a.search_id = c.search_id and a.birth = c.birth
                            join outcome o on o.evaluation_id = a.evaluation_id
                           where c.search_id = :id and c.fate = 'INHERITED' group by 1) ends"""));
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    @Test
    void auditsStayWithinTheirShareAndOutOfTheWindow() {
        var coordinator = coordinator();

        var id = run(coordinator, Specs.audited(Specs.smoke(150, 8), 0.2));

        var ledger = Ledger.of(coordinator.jdbc(), id);
        ledger.balances();
        assertThat(ledger.number("select count(*) from evaluation where search_id = :id and purpose = 'AUDIT'"))
                .as("audits of the stack probe").isPositive();
        assertThat(ledger
                .number("select count(*) from evaluation where search_id = :id and purpose = 'EVOLUTION' and audit"))
                .as("audits of gates").isPositive();
        assertThat(ledger.number("""
                select coalesce(sum(case when e.purpose = 'AUDIT' then o.steps else o.audit_steps end), 0)
                  from outcome o join evaluation e on e.id = o.evaluation_id where e.search_id = :id"""))
                .isLessThanOrEqualTo((long) (0.2 * ledger.number("""
                        select sum(o.steps) from outcome o join evaluation e on e.id = o.evaluation_id
                         where e.search_id = :id and e.purpose in ('EVOLUTION', 'AUDIT')""")));
        assertThat(ledger.number("""
                select count(*) from arrival a join evaluation e on e.id = a.evaluation_id
                 where a.search_id = :id and e.purpose = 'AUDIT' and a.correct is not null""")).isZero();
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }

    @Test
    void anAuditEndsOnceAsManyRefusedLayersWereTrainedAsItWasAskedFor() {
        var coordinator = coordinator();
        var spec = Specs.audited(Specs.smoke(1, 9).withBudget(new SearchSpec.Budget(null, null, null, 40)), 1);

        var id = run(coordinator, spec);

        var ledger = Ledger.of(coordinator.jdbc(), id);
        ledger.balances();
        assertThat(ledger.number("select sum(candidates) from funnel where search_id = :id and stage = 'AUDIT'"))
                .isBetween(40L, 40L + 4);
        assertThat(ledger.number(
                "select candidates from funnel where search_id = :id and stage = 'AUDIT' and reason = 'QUALITY'"))
                .as("every layer that a gate refused").isEqualTo(ledger.number(
                        "select sum(candidates) from funnel where search_id = :id and stage = 'QUALITY'"));
        assertThat(coordinator.replays().replay(id).differences()).isEmpty();
    }
}
