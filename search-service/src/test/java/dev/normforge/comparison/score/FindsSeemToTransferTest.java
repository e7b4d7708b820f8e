package dev.normforge.comparison.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.TransferComparison;
import dev.normforge.comparison.score.Transfer.Difference;
import dev.normforge.graph.NamedLayers;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.TransferAnchors;
import dev.normforge.statistics.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guards the sentence on a find: what was not measured, or with one seed alone, must not pass for equal. */
class FindsSeemToTransferTest {

    private static Difference difference(Unit unit, Double... seeds) {
        return new Difference(unit, new Sample(List.of(seeds)));
    }

    @Test
    void everyNetworkIsToldForWhatItIs() {
        var differences = new LinkedHashMap<String, Difference>();
        differences.put("vgg", difference(Unit.ACCURACY, 0.020, 0.022, 0.021));
        differences.put("densenet", difference(Unit.ACCURACY, 0.020, -0.030, 0.005));
        differences.put("resnet-deep", new Difference(Unit.ACCURACY, null));
        differences.put("unet-denoise", difference(Unit.DECIBEL, -1.0, -1.2, -1.1));
        differences.put("unet-double", difference(Unit.DECIBEL, 0.4));

        assertThat(new Transfer(Map.of("birth-7", differences)).sentences(List.of("birth-7"))).singleElement()
                .asString()
                .startsWith("birth-7 beside BN-ReLU over 1 to 3 seeds: on classifiers that no search trained on, "
                        + "better beyond noise on 1 of 3 (vgg +2.1 points (")
                .contains(", within noise on 1 of 3 (densenet -0.2 points (",
                        ", without a result on 1 of 3 (resnet-deep not measured); ",
                        "on networks that restore images, worse beyond noise on 1 of 2 (unet-denoise -1.10 dB (",
                        ", with noise that too few seeds tell on 1 of 2 (unet-double +0.40 dB).");
    }

    /** The sentence is what people quote. */
    @Test
    void aSentenceOnStandInImagesOrUnfinishedRunsSaysSo() {
        var graph = NamedLayers.find("evonorm-s0").orElseThrow();
        var smoke = Presets.read("smoke");
        var search = smoke.withData(smoke.proxy().data().named("synthetic"));
        var spec = TransferComparison.of(List.of(new ComparedLayer.Graph("birth-7", graph, null)), search,
                List.of(TransferAnchors.read("vgg")), 3, 1);
        var result = new ComparisonResult("t", spec, List.of(), 0, List.of("4 of 18 runs are not done yet"));
        assertThat(Transfer.sentences(result))
                .containsExactly("On synthetic images, which say nothing about real ones: "
                        + "birth-7 beside BN-ReLU: nothing was measured. Note: 4 of 18 runs are not done yet.");
    }

    @Test
    void whatWasNotAskedForIsNotTold() {
        var sentence = new Transfer(Map.of("birth-7", Map.of("vgg", difference(Unit.ACCURACY, 0.01, 0.03))))
                .sentences(List.of("birth-7", "birth-8"));

        assertThat(sentence.getFirst()).contains("vgg").doesNotContain("restore");
        assertThat(sentence.getLast()).isEqualTo("birth-8 beside BN-ReLU: nothing was measured.");
    }
}
