package dev.normforge.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.graph.NamedLayers;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.BatchOrder;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.ComparisonSpec.Expectation.Part;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.SearchSpec.Space.Draw;
import dev.normforge.protocol.Training;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WrongCombinationsAreTrainedTest {

    private static void refused(Grids grid, String message) {
        assertThatThrownBy(grid::plan).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void normalizationBatchesThatAreNoParts() {
        refused(Grids.of("bn-relu").batches(2, 8).normalized(2, 4),
                "grid.normalizationBatches is 4, expected at most each batch: batch 2 has no 4 images to see together");
        refused(Grids.of("bn-relu").batches(12).normalized(8),
                "grid.normalizationBatches is 8, expected a divisor of each batch: batch 12 cannot be cut into parts of 8");
        refused(Grids.of("bn-relu").proxy(proxy -> proxy.withNormalizationBatch(8)).batches(16, 4),
                "proxy.normalizationBatch is 8, expected at most each batch: batch 4 has no 8 images to see together");
    }

    @Test
    void conditionsOfTheBatchWhereNoLayerHasAnyUseForThem() {
        refused(Grids.of("gn-relu", "frn-tlu").normalized(2, 4),
                "grid.normalizationBatches is [2, 4], expected none: no layer uses statistics over the batch (gn-relu, frn-tlu)");
        refused(Grids.of("gn-relu").statistics(Grids.MOVING, Grids.PRECISE),
                "grid.statistics is [moving-0.9, precise-64], expected one that changes no training: no layer takes statistics over the batch from there (gn-relu)");
        refused(Grids.of("brn-relu").statistics(Grids.FROZEN),
                "grid.statistics is [frozen-0.2], expected one that changes no training: no layer takes statistics over the batch from there (brn-relu)");
        refused(Grids.of("gn-relu").proxy(proxy -> proxy.withStatistics(Grids.ESTIMATED)),
                "proxy.statistics is [estimated-0.1], expected one that changes no training: no layer takes statistics over the batch from there (gn-relu)");
        refused(Grids.of("gn-relu").statistics(Grids.PRECISE).corruptions("noise-light").adapting(),
                "grid.adapt is true, expected false: no layer takes statistics over the batch from there (gn-relu)");
        assertThat(Grids.of("gn-relu").statistics(Grids.PRECISE).plan().trainings()).hasSize(2);
        assertThat(Grids.of("gn-relu", "brn-relu").normalized(2, 4).plan().trainings()).hasSize(6);
    }

    @Test
    void adaptingWithoutOtherImagesOrWithoutPreciseStatistics() {
        refused(Grids.of("bn-relu").statistics(Grids.PRECISE).corruptions("none").adapting(),
                "grid.adapt is true, expected false: without grid.corruptions there are no other images to measure statistics on");
        refused(Grids.of("bn-relu").statistics(Grids.MOVING).corruptions("noise-light").adapting(),
                "grid.adapt is true, expected false: only precise statistics can be measured on other images, and grid.statistics has none");
        refused(Grids.of("bn-relu").statistics(new BatchStatistics.Precise(1024)).corruptions("noise-light")
                .adapting(),
                "grid.statistics.images is 1024, expected at most the 256 scored images, since grid.adapt is true");
    }

    @Test
    void layersThatNobodyKnowsOrThatCannotBeToldApart() {
        refused(Grids.of("bn-relu", "bn-rely"),
                "layers[1].name is \"bn-rely\", expected one of " + String.join(", ",
                        Stream.concat(NamedLayers.names().stream(), NativeLayer.labels().stream()).toList()));
        refused(Grids.of("bn-relu", "gn-relu", "bn-relu"),
                "layers[2].name is bn-relu, expected a label that no other layer has");
        refused(Grids.of(List.of(new ComparedLayer.Named("gn-relu"),
                new ComparedLayer.Graph("gn-relu", NamedLayers.find("relu").orElseThrow(), null))),
                "layers[1].label is gn-relu, expected a label that no other layer has");
        refused(Grids.of("bn-relu").statistics(Grids.FROZEN, new BatchStatistics.Frozen(0.2, 128)),
                "grid.statistics is Frozen[lastShare=0.2, images=128], expected one that is not called frozen-0.2 like another: tables could not tell them apart");
    }

    @Test
    void batchesThatTheImagesOrTheRateDoNotAllow() {
        refused(Grids.of("bn-relu").batches(16, 4096),
                "grid.batches is 4096, expected at most the 2000 training images");
        refused(Grids.of("bn-relu").proxy(proxy -> proxy.withTraining(
                new Training(10, 16, 10, 0.9, 0, 0, proxy.training().schedule())))
                .batches(1024),
                "grid.batches is 1024, expected one at which the learning rate, in proportion, is at most 100, not 640.0");
        refused(Grids.of("bn-relu").batches(16, 64).evaluations(5),
                "evaluations is 5, expected at most 3: with batch 64 there are no more steps");
    }

    @Test
    void moreThanAnybodyTrains() {
        refused(Grids.of("bn-relu", "gn-relu").batches(Stream.iterate(1, n -> n + 1).limit(60).toArray(Integer[]::new))
                .seeds(100),
                "grid is 240 trainings with 100 seeds, expected at most 20000 runs: fewer layers, conditions or seeds");
        refused(Grids.of("bn-relu").batches(Stream.iterate(1, n -> n + 1).limit(2000).toArray(Integer[]::new))
                .statistics(Grids.MOVING, Grids.PRECISE).seeds(100),
                "grid is 800000 cells with all seeds, expected at most 100000: fewer layers, conditions or seeds");
        refused(Grids.of(List.of(random(10_000), random(10_000), random(1))),
                "layers is 20001 layers, expected at most 20000");
        refused(Grids.of("bn-relu").statistics(Stream.iterate(1, n -> n + 1).limit(96)
                .map(BatchStatistics.Precise::new).toArray(BatchStatistics[]::new)).corruptions("none", "noise-light"),
                "grid.statistics is 96 with 2 corruptions and adaptations, expected at most 190 in all: they are read from one training");
    }

    private static ComparedLayer random(int count) {
        return new ComparedLayer.Random(count, 1, 10, Draw.ROWS);
    }

    @Test
    void classesAndCorruptionsWhereImagesAreRestored() {
        var unet = Grids.of("bn-relu").proxy(proxy -> proxy.withAnchors(List.of(proxy.anchors().getFirst(),
                unet(2))));
        assertThat(unet.plan().trainings()).hasSize(2);
        refused(unet.orders(BatchOrder.SHUFFLED, BatchOrder.BY_CLASS),
                "grid.orders is [SHUFFLED, BY_CLASS], expected SHUFFLED alone, since unet puts out images and knows no classes");
        refused(unet.corruptions("none", "blur-light"),
                "grid.corruptions is [none, blur-light], expected none, since unet puts out images: what it restores is changed already");
        refused(unet.curves(),
                "threeCurves is true, expected false, since unet puts out images: the curves are accuracies");
        refused(unet.expecting(part("bn-relu", null, null)),
                "expectations[0] is about accuracies and decibels, expected one of them: say anchor in each part");
        refused(Grids.of("bn-relu").proxy(proxy -> proxy.withAnchors(List.of(unet(6)))),
                "proxy.data.crop is 16, expected at least 32, since unet halves its maps 5 times");
        assertThat(Grids.of("bn-relu").proxy(proxy -> proxy.withAnchors(List.of(unet(5)))).plan().trainings())
                .hasSize(1);
    }

    private static AnchorSpec unet(int levels) {
        var stages = Stream.iterate(1, n -> n + 1).limit(levels)
                .map(n -> new AnchorSpec.Stage(1, 16, 1, n == 1 ? 1 : 2, 3)).toList();
        return new AnchorSpec("unet", AnchorSpec.Family.DENOISING_UNET, 0.25, 1, 1, 16, 0, stages);
    }

    @Test
    void expectationsOfWhatIsNotInTheGrid() {
        var grid = Grids.of("bn-relu", "gn-relu").batches(2, 16).statistics(Grids.MOVING, Grids.PRECISE);
        assertThat(grid.expecting(part("bn-relu", 2, "moving-0.9"), part("gn-relu", null, null)).plan().spec()
                .expectations()).hasSize(1);
        refused(grid.expecting(part("gn-relu", 2, null), part("ln-relu", null, null)),
                "expectations[0].parts[1].layer is ln-relu, expected one that the grid has: bn-relu, gn-relu");
        refused(grid.expecting(part("bn-relu", 4, null)),
                "expectations[0].parts[0].batch is 4, expected one that the grid has: 2, 16");
        refused(grid.expecting(part("bn-relu", 2, "precise-1024")),
                "expectations[0].parts[0].statistics is precise-1024, expected one that the grid has: moving-0.9, precise-64");
        refused(grid.corruptions("none", "noise-light").adapting()
                .expecting(new Part(1, "bn-relu", null, null, null, null, "moving-0.9", null, null, true)),
                "expectations[0].parts[0].adapted is true, expected one that the grid has: false");
    }

    private static Part part(String layer, @Nullable Integer batch, @Nullable String statistics) {
        return new Part(1, layer, null, batch, null, null, statistics, null, null, null);
    }
}
