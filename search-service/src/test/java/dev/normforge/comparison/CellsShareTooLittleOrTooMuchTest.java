package dev.normforge.comparison;

import static dev.normforge.comparison.Grids.ESTIMATED;
import static dev.normforge.comparison.Grids.FROZEN;
import static dev.normforge.comparison.Grids.MOVING;
import static dev.normforge.comparison.Grids.PRECISE;
import static dev.normforge.comparison.Grids.TEST_BATCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.ComparisonPlan.PlannedCell;
import dev.normforge.comparison.ComparisonPlan.PlannedTraining;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.ComparisonSpec.Grid.RateScaling;
import dev.normforge.protocol.Observation.Reading;
import dev.normforge.protocol.WeightStandardization;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellsShareTooLittleOrTooMuchTest {

    private static final int ANCHORS = 2;

    @Test
    void whatIsDoneWithATrainedNetworkIsReadFromOneTraining() {
        var plan = Grids.of("bn-relu").statistics(MOVING, PRECISE, TEST_BATCH).corruptions("none", "blur-heavy")
                .adapting().plan();

        assertThat(plan.trainings()).hasSize(ANCHORS);
        assertThat(plan.cells()).as("3 statistics × 2 images, and one more that is adapted").hasSize(ANCHORS * 7);
        var training = plan.trainings().getFirst();
        assertThat(training.proxy().statistics()).isEqualTo(MOVING);
        assertThat(training.observation().readings().stream().map(Reading::name)).containsExactly("blur-heavy",
                "precise-64", "precise-64/blur-heavy", "precise-64/blur-heavy/adapted", "test-batch",
                "test-batch/blur-heavy");
        assertThat(plan.cells().getFirst().reading()).as("the score is no further reading").isNull();
        assertThat(plan.cells().stream().filter(one -> one.training() == 1 && one.cell().adapted()).toList())
                .singleElement().extracting(PlannedCell::reading).isEqualTo("precise-64/blur-heavy/adapted");
    }

    @Test
    void statisticsThatChangeTheTrainingTakeOneOfTheirOwn() {
        var plan = Grids.of("bn-relu").statistics(MOVING, FROZEN, ESTIMATED, PRECISE).plan();

        assertThat(plan.trainings().stream().map(one -> one.proxy().statistics()).distinct())
                .containsExactly(MOVING, FROZEN, ESTIMATED);
        assertThat(plan.trainings()).hasSize(ANCHORS * 3);
        assertThat(of(plan, "bn-relu")).extracting(PlannedCell::training).containsExactly(1, 2, 3, 1, 4, 5, 6, 4);
    }

    @Test
    void conditionsOfTheBatchDoNotMultiplyLayersThatUseNoStatisticsOfIt() {
        var plan = Grids.of("bn-relu", "gn-relu", "frn-tlu").normalized(4, 8, 16)
                .statistics(MOVING, FROZEN, PRECISE).plan();

        assertThat(trainings(plan, "bn-relu")).isEqualTo(ANCHORS * 3 * 2);
        assertThat(trainings(plan, "gn-relu")).isEqualTo(ANCHORS);
        assertThat(trainings(plan, "frn-tlu")).isEqualTo(ANCHORS);
        for (var layer : List.of("bn-relu", "gn-relu", "frn-tlu")) {
            assertThat(of(plan, layer)).as("cells of " + layer).hasSize(ANCHORS * 9);
        }
        assertThat(of(plan, "gn-relu")).allMatch(cell -> cell.reading() == null);
        assertThat(plan.trainings().stream().filter(one -> !one.label().equals("bn-relu")))
                .allMatch(one -> one.proxy().normalizationBatch() == null && one.observation().readings().isEmpty());
    }

    @Test
    void aLayerWithStatisticsOfItsOwnFeelsTheNormalizationBatchAlone() {
        var plan = Grids.of("bn-relu", "brn-relu").normalized(4, 16).statistics(MOVING, FROZEN).plan();

        assertThat(trainings(plan, "brn-relu")).isEqualTo(ANCHORS * 2);
        assertThat(trainings(plan, "bn-relu")).isEqualTo(ANCHORS * 2 * 2);
    }

    @Test
    void aNormalizationBatchAsLargeAsTheBatchIsNone() {
        var plan = Grids.of("bn-relu").batches(4, 8).normalized(4).plan();

        assertThat(of(plan, "bn-relu").stream().map(one -> one.cell().normalizationBatch())).containsOnly(4);
        assertThat(plan.trainings().stream().map(one -> one.proxy().normalizationBatch())).containsExactly(null, 4,
                null, 4);
    }

    /** Classes come in runs of the normalization batch: all layers of a cell must see the same images in the same order. */
    @Test
    void sortedClassesComeInTheSameRunsForEveryLayer() {
        var plan = Grids.of("bn-relu", "gn-relu").normalized(4, 16).orders(BatchOrder.SHUFFLED, BatchOrder.BY_CLASS)
                .plan();

        assertThat(trainings(plan, "bn-relu")).isEqualTo(ANCHORS * 4);
        assertThat(trainings(plan, "gn-relu")).as("shuffled; runs of 4; runs of 16").isEqualTo(ANCHORS * 3);
        for (var cell : plan.cells()) {
            var proxy = plan.trainings().get(cell.training() - 1).proxy();
            if (cell.cell().order() == BatchOrder.BY_CLASS) {
                assertThat(proxy.normalized()).as("runs of %s", cell.cell())
                        .isEqualTo(cell.cell().normalizationBatch());
            }
        }
    }

    @Test
    void aLayerFileThatSaysWhatANamedLayerIsSharesItsTrainings() {
        var plan = Grids.of(List.of(new ComparedLayer.Named("bn-relu"), file("mine", "bn-relu", 32, 1e-5),
                file("other-epsilon", "bn-relu", 32, 1e-3), file("grouped", "gn-relu", 32, 1e-5),
                file("grouped-too", "gn-relu", 4, 1e-5), new ComparedLayer.Named("native-gn-relu"))).plan();

        assertThat(trainings(plan, "mine")).as("groups are nothing to a batch norm").isZero();
        assertThat(of(plan, "mine")).extracting(PlannedCell::training).containsExactly(1, 2);
        assertThat(plan.trainings().stream().map(PlannedTraining::label).distinct()).containsExactly("bn-relu",
                "other-epsilon", "grouped", "grouped-too", "native-gn-relu");
        assertThat(plan.trainings().getLast().proxy().numerics().groups()).isEqualTo(4);
    }

    private static ComparedLayer file(String label, String layer, int groups, double epsilon) {
        return new ComparedLayer.Graph(label, NamedLayers.find(layer).orElseThrow(), new Numerics(groups, epsilon));
    }

    @Test
    void theThreeCurvesAreReadWhereTheyDiffer() {
        var plan = Grids.of("bn-relu", "gn-relu").statistics(MOVING, TEST_BATCH).curves().plan();

        var moving = of(plan, "bn-relu").getFirst();
        assertThat(moving.curves()).isEqualTo(new ComparisonPlan.Curves("training-images", "test-batch"));
        var ofTheBatch = of(plan, "bn-relu").get(1);
        assertThat(ofTheBatch.reading()).isEqualTo("test-batch");
        assertThat(of(plan, "gn-relu").getFirst().curves())
                .isEqualTo(new ComparisonPlan.Curves("training-images", null));
        assertThat(plan.trainings().getFirst().observation().readings()).containsExactly(
                new Reading("training-images", Reading.Source.TRAIN, TEST_BATCH, null, false),
                new Reading("test-batch", Reading.Source.SCORED, TEST_BATCH, null, false));
    }

    @Test
    void equallyManyImagesAreSeenWhateverTheBatch() {
        var plan = Grids.of("gn-relu").batches(3, 16, 64).plan();

        assertThat(plan.trainings().stream().filter(one -> one.proxy().anchors().getFirst().name().equals("resnet"))
                .map(one -> one.proxy().training()).map(one -> List.of(one.batch(), one.steps(), one.warmup())))
                .as("160 images, 16 of them warm-up").containsExactly(List.of(3, 54, 6), List.of(16, 10, 1),
                        List.of(64, 3, 1));
        assertThat(plan.trainings().stream().map(one -> one.proxy().training().learningRate()).distinct())
                .containsExactly(0.05 * 3 / 16, 0.05, 0.05 * 4);
        assertThat(Grids.of("gn-relu").batches(2, 32).rate(RateScaling.CONSTANT).plan().trainings())
                .allMatch(one -> one.proxy().training().learningRate() == 0.05);
    }

    @Test
    void everyOrderNamesOneAnchorAndWhatIsVaried() {
        var plan = Grids.of("bn-relu").weights("off", "ws").orders(BatchOrder.SHUFFLED, BatchOrder.BY_CLASS)
                .evaluations(5).plan();

        assertThat(plan.trainings()).hasSize(ANCHORS * 4).allMatch(one -> one.proxy().anchors().size() == 1)
                .allMatch(one -> one.observation().evaluations() == 5)
                .extracting(PlannedTraining::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(plan.trainings().stream().map(one -> one.proxy().ordersByClass())).containsExactly(false, true,
                false, true, false, true, false, true);
        assertThat(plan.trainings().stream().map(one -> one.proxy().weightStandardization() != null)).containsExactly(
                false, false, true, true, false, false, true, true);
        assertThat(plan.seed(0)).isEqualTo(1);
        assertThat(plan.seed(2)).isEqualTo(3);
    }

    /** The proxy's own values stand where the grid varies nothing. */
    @Test
    void anEmptyAxisIsTheProxysOwnValue() {
        var plan = Grids.of("bn-relu").proxy(proxy -> proxy.withNormalizationBatch(8)
                .withBatchOrder(BatchOrder.BY_CLASS).withStatistics(new BatchStatistics.Moving(0.5))
                .withWeightStandardization(WeightStandardization.find("timm").orElseThrow()))
                .plan();

        assertThat(plan.cells().getFirst().cell()).isEqualTo(
                new Cell("bn-relu", "resnet", 16, 8, "timm", "moving-0.5", BatchOrder.BY_CLASS, "none", false));
        assertThat(plan.trainings().getFirst().proxy()).isEqualTo(plan.spec().proxy()
                .withAnchors(plan.spec().proxy().anchors().subList(0, 1)));
    }

    private static List<PlannedCell> of(ComparisonPlan plan, String layer) {
        return plan.cells().stream().filter(cell -> cell.cell().layer().equals(layer)).toList();
    }

    private static long trainings(ComparisonPlan plan, String label) {
        return plan.trainings().stream().filter(one -> one.label().equals(label)).count();
    }
}
