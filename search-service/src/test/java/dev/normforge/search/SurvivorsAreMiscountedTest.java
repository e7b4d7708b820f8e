package dev.normforge.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.TestDatabase;
import dev.normforge.graph.Aggregation;
import dev.normforge.graph.LayerGraph;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Rejection;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.report.Funnel.Stage;
import dev.normforge.simulation.SimulatedWorker;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the coordinator counts as it goes, against a count of all rows at the end. */
class SurvivorsAreMiscountedTest {

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private Coordinator coordinator;
    private SearchId id;

    @BeforeEach
    void run() {
        coordinator = database.closing(new Coordinator(database.dataSource()));
        var spec = Specs.audited(Specs.smoke(60, 6), 0.2)
                .withStrategy(Specs.strategy(16, SeenBefore.REPLICATE, 2, 4, 0, 0.1));
        id = coordinator.searches().create("run", spec, null, null).id();
        coordinator.finish(id, new SimulatedWorker(database.dataSource(), SurvivorsAreMiscountedTest::now));
    }

    /** Now and then a failure, and rejections with and without an anchor, also after the first one's score. */
    private static @Nullable Outcome now(EvaluationRequest request) {
        if (!request.gates() || !(request.layer() instanceof SlotLayer.Graph(var graph))) {
            return null;
        }
        var anchors = request.proxy().anchors();
        var spent = new Outcome.Spent(10, 0, 30, 5);
        return switch (Math.floorMod(Arrays.hashCode(graph.packed()), 7)) {
            case 0 -> new Outcome.Failed(new Failure.EngineError("broken"), Outcome.Spent.NOTHING);
            case 1 -> new Outcome.Rejected(new Rejection.Unstable(3, 1e9), List.of(), List.of(), spent);
            case 2 -> new Outcome.Rejected(new Rejection.LowAccuracy(anchors.getLast().name(), 80, 1, 100, 0.1),
                    List.of(new AnchorScore(anchors.getFirst().name(), 40, 100, null, 1, 80, 1, List.of())), List.of(),
                    spent);
            default -> null;
        };
    }

    private record Row(long proposed, long trained, long survived) {
    }

    private Map<String, Row> counted() {
        var rows = new TreeMap<String, Row>();
        coordinator.jdbc().sql("select trait, proposed, trained, survived from trait where search_id = :id")
                .param("id", id.value()).query(row -> {
                    rows.put(row.getString(1), new Row(row.getLong(2), row.getLong(3), row.getLong(4)));
                });
        return rows;
    }

    private record Layer(byte[] genotype, @Nullable String kind) {
    }

    private Map<String, Row> byHand() {
        var rows = new TreeMap<String, Row>();
        coordinator.jdbc().sql("""
                select c.genotype, (select o.kind from evaluation e join outcome o on o.evaluation_id = e.id
                                     where e.search_id = c.search_id and e.birth = c.birth and e.purpose = 'EVOLUTION')
                  from candidate c where c.search_id = :id""").param("id", id.value())
                .query((row, _) -> new Layer(row.getBytes(1), row.getString(2))).list().forEach(layer -> {
                    var kind = layer.kind();
                    var row = new Row(1, "SCORED".equals(kind) || "REJECTED".equals(kind) ? 1 : 0,
                            "SCORED".equals(kind) ? 1 : 0);
                    reached(LayerGraph.unpacked(layer.genotype())).forEach(trait -> rows.merge(trait, row,
                            (a, b) -> new Row(a.proposed + b.proposed, a.trained + b.trained,
                                    a.survived + b.survived)));
                });
        return rows;
    }

    /** From the output backwards. */
    private static Set<String> reached(LayerGraph graph) {
        var found = new HashSet<>(Set.of("any"));
        var open = new ArrayDeque<>(List.of(graph.output()));
        while (!open.isEmpty()) {
            int index = open.pop();
            if (index < LayerGraph.INPUTS) {
                continue;
            }
            var op = graph.node(index).op();
            found.add(op.op());
            if (op instanceof Aggregation(var moment, var over)) {
                found.addAll(List.of(over.over(), moment.op() + "_" + over.over()));
            }
            open.addAll(graph.node(index).inputs());
        }
        return found;
    }

    @Test
    void everyLayerCountsOnceWhereItIsProposedTrainedAndTrainedToTheEnd() {
        var funnel = coordinator.summaries().funnel(id.value());
        var all = Objects.requireNonNull(counted().get("any"));

        assertThat(counted()).isEqualTo(byHand()).hasSizeGreaterThan(25);
        assertThat(all.proposed()).isEqualTo(funnel.births());
        assertThat(all.survived()).isEqualTo(funnel.count(Stage.SCORED)).isPositive();
        assertThat(all.trained()).isEqualTo(
                funnel.trained() - funnel.count(Stage.FAILED)).isGreaterThan(
                        all.survived());
        assertThat(funnel.count(Stage.FAILED)).as("failures, which say nothing")
                .isPositive();
        assertThat(funnel.count(Stage.INHERITED)).as("copies without a training")
                .isPositive();
        anchorsAreThoseOfTheOutcomes();
    }

    private void anchorsAreThoseOfTheOutcomes() {
        var places = coordinator.summaries().funnelAnchors(id.value());
        long unstable = Ledger.of(coordinator.jdbc(), id).number(
                "select coalesce(sum(candidates), 0) from funnel where search_id = :id and stage = 'STABILITY'");

        assertThat(places).extracting(place -> place.reason()).contains("low-accuracy", "high-loss")
                .doesNotContain("unstable");
        assertThat(places.stream().mapToLong(place -> place.count()).sum() + unstable).isEqualTo(
                Ledger.of(coordinator.jdbc(), id)
                        .number("select count(*) from outcome where search_id = :id and kind = 'REJECTED'"));
        assertThat(places.stream().filter(place -> place.reason().equals("low-accuracy"))).isNotEmpty()
                .allMatch(place -> place.stepsSaved() == 30 * place.count());
    }

    /** Rows of before there was a count, and a program of then that went on beside this one. */
    @Test
    void aSearchThatWasNotCountedIsCountedAnew() {
        var traits = counted();
        var places = coordinator.summaries().funnelAnchors(id.value());
        coordinator.jdbc().sql("delete from trait where trait <> 'mul'").update();
        coordinator.jdbc().sql("delete from funnel_anchor").update();

        new TraitRepository(coordinator.jdbc()).mend(id);

        assertThat(counted()).isEqualTo(traits);
        assertThat(coordinator.summaries().funnelAnchors(id.value())).isEqualTo(places);
    }
}
