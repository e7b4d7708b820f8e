package dev.normforge.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.ComparisonPlan.PlannedTraining;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.Observation.Reading;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random grids, and what must hold of each plan, said without the code that made it. */
class PlanHoldsForEveryGridTest {

    private static final List<String> LAYERS = List.of("bn-relu", "gn-relu", "evonorm-b0", "evonorm-s0", "relu",
            "native-bn-relu", "bcn-relu", "bcn-estimate-relu", "brn-relu", "frn-tlu", "hin-leaky");
    private static final List<BatchStatistics> STATISTICS = List.of(Grids.MOVING, Grids.PRECISE, Grids.TEST_BATCH,
            Grids.FROZEN, Grids.ESTIMATED, new BatchStatistics.Moving(0.99));

    @Test
    void everyCellHasItsTrainingAndNoTwoTrainingsMeanTheSame() {
        var random = new Random(7);
        int planned = 0;
        for (int i = 0; i < 50; i++) {
            var grid = grid(random);
            ComparisonPlan plan;
            try {
                plan = grid.plan();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(grid\\.\\w+|evaluations) is .*, expected .*");
                continue;
            }
            planned++;
            holds(plan);
        }
        assertThat(planned).as("grids that were not refused").isGreaterThan(15);
    }

    private static Grids grid(Random random) {
        var grid = Grids.of(some(random, LAYERS, 1).toArray(String[]::new))
                .statistics(some(random, STATISTICS, 0).toArray(BatchStatistics[]::new))
                .orders(some(random, List.of(BatchOrder.values()), 0).toArray(BatchOrder[]::new))
                .weights(some(random, List.of("off", "ws", "tf"), 0).toArray(String[]::new))
                .corruptions(some(random, List.of("none", "noise-light", "contrast-heavy"), 0).toArray(String[]::new));
        if (random.nextBoolean()) {
            grid = grid.batches(8, 16).normalized(some(random, List.of(1, 2, 8), 0).toArray(Integer[]::new));
        }
        if (random.nextInt(3) == 0) {
            grid = grid.adapting();
        }
        return random.nextBoolean() ? grid.curves() : grid;
    }

    private static <T> List<T> some(Random random, List<T> all, int least) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, least + random.nextInt(all.size() + 1 - least));
    }

    private static void holds(ComparisonPlan plan) {
        assertThat(plan.cells().stream().map(ComparisonPlan.PlannedCell::cell)).doesNotHaveDuplicates();
        var meanings = new HashSet<String>();
        for (var training : plan.trainings()) {
            var meaning = meaning(training);
            assertThat(meanings.add(meaning)).as("another training means %s", meaning).isTrue();
        }
        var used = new HashSet<Integer>();
        var uses = plan.trainings().stream().map(one -> use(one.layer(), one.proxy())).toList();
        for (var cell : plan.cells()) {
            var training = plan.trainings().get(cell.training() - 1);
            used.add(training.number());
            var names = training.observation().readings().stream().map(Reading::name).collect(Collectors.toSet());
            assertThat(names).containsAll(Stream.ofNullable(cell.reading()).toList());
            var curves = cell.curves();
            assertThat(curves == null).isNotEqualTo(plan.spec().threeCurves());
            if (curves != null) {
                assertThat(names).contains(curves.training())
                        .containsAll(Stream.ofNullable(curves.heldOut()).toList());
            }
            fits(cell.cell(), training, uses.get(cell.training() - 1));
        }
        assertThat(used).as("trainings that a cell reads").hasSize(plan.trainings().size());
    }

    /** What a worker would do, whatever it is called and however it is written down. */
    private static String meaning(PlannedTraining training) {
        var proxy = training.proxy();
        var use = use(training.layer(), proxy);
        var reduced = proxy.withNormalizationBatch(null)
                .withBatchOrder(proxy.ordersByClass() ? BatchOrder.BY_CLASS : null)
                .withStatistics(use == NativeLayer.Use.OF_THE_BATCH && proxy.statistics().changesTraining()
                        ? proxy.statistics()
                        : Grids.TEST_BATCH);
        return layer(training.layer(), proxy) + ProtocolJson.write(reduced)
                + (use == NativeLayer.Use.NONE && !proxy.ordersByClass() ? "" : " " + proxy.normalized());
    }

    private static String layer(SlotLayer layer, ProxySpec proxy) {
        return switch (layer) {
            case SlotLayer.Graph(var graph) -> new Simplifier(proxy.numerics()).simplify(graph).toString();
            case SlotLayer.Native(var written) -> written.label();
        };
    }

    private static NativeLayer.Use use(SlotLayer layer, ProxySpec proxy) {
        return switch (layer) {
            case SlotLayer.Graph(var graph) -> layer(new SlotLayer.Graph(graph), proxy).contains("over=BATCH")
                    ? NativeLayer.Use.OF_THE_BATCH
                    : NativeLayer.Use.NONE;
            case SlotLayer.Native(var written) -> written.use();
        };
    }

    /** A cell's words and its training's task say the same. */
    private static void fits(Cell cell, PlannedTraining training, NativeLayer.Use use) {
        var proxy = training.proxy();
        assertThat(proxy.anchors()).singleElement().matches(anchor -> anchor.name().equals(cell.anchor()));
        assertThat(proxy.training().batch()).isEqualTo(cell.batch());
        assertThat(proxy.ordersByClass()).isEqualTo(cell.order() == BatchOrder.BY_CLASS);
        assertThat(proxy.weightStandardization() == null).isEqualTo(cell.weightStandardization().equals("off"));
        boolean normalized = use != NativeLayer.Use.NONE || proxy.ordersByClass();
        assertThat(!normalized || proxy.normalized() == cell.normalizationBatch()).isTrue();
        assertThat(training.label()).isEqualTo(cell.layer());
        if (use == NativeLayer.Use.OF_THE_BATCH) {
            boolean changing = cell.statistics().startsWith("frozen") || cell.statistics().startsWith("estimated");
            assertThat(proxy.statistics().changesTraining()).isEqualTo(changing);
            assertThat(!changing || proxy.statistics().label().equals(cell.statistics())).isTrue();
        }
    }
}
