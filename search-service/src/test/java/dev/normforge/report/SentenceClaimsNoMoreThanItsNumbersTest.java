package dev.normforge.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Cost;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.report.Calibration.Separation;
import dev.normforge.report.Calibration.Separation.Answer;
import dev.normforge.report.Report.Counted;
import dev.normforge.report.Report.Entry;
import dev.normforge.report.Report.Images;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentenceClaimsNoMoreThanItsNumbersTest {

    private static final Interval CONFIRM = new Interval(0.42, 0.40, 0.44);
    private static final List<Entry> BN_RELU = List.of(entry("bn-relu", null, null));

    private static Entry entry(String layer, @Nullable Interval beyond, @Nullable Interval testBeyond) {
        var graph = new Layer(LayerGraph.of(Node.of(Elementwise.TANH, LayerGraph.X)), Numerics.DEFAULT);
        var counts = List.of(new Counted(Images.CONFIRM, 2, 11, "resnet", 1, 2),
                new Counted(Images.CONFIRM, 2, 12, "resnet", 1, 2));
        return new Entry(layer, null, "tanh(x)", graph, new Cost(1, 4, 2), counts, null, CONFIRM, null, beyond,
                testBeyond, null);
    }

    private static Interval points(double mean, double low, double high) {
        return new Interval(mean / 100, low / 100, high / 100);
    }

    private static String sentence(List<Entry> confirmed) {
        return Sentence.of("cifar10", "COMPLETED", null, null, confirmed, BN_RELU);
    }

    @Test
    void layersWithinNoiseDoNotBeat() {
        assertThat(sentence(List.of(entry("birth-7", points(0.5, 0.1, 0.9), points(-0.3, -1.1, 0.5)),
                entry("birth-9", points(1, 0.5, 1.5), points(0.2, -0.4, 0.8)))))
                .isEqualTo(
                        "0 of 2 confirmed layers beat BN-ReLU beyond noise; the best by confirm score, birth-7, is 0.3 "
                                + "points below it (95 % interval -1.1 to +0.5, test images, 2 common seeds, not corrected for "
                                + "looking at 2 layers).");
    }

    @Test
    void layersAboveBeyondNoiseAreCountedOnTestImages() {
        assertThat(sentence(List.of(entry("birth-7", points(0.5, -0.1, 0.9), points(1.0, 0.2, 1.8)))))
                .isEqualTo(
                        "1 of 1 confirmed layer beats BN-ReLU beyond noise; the best by confirm score, birth-7, is 1.0 "
                                + "points above it (95 % interval +0.2 to +1.8, test images, 2 common seeds).");
    }

    @Test
    void withoutTestCountsItSaysThatConfirmImagesWereUsed() {
        assertThat(sentence(List.of(entry("birth-7", points(0.01, -0.5, 0.5), null))))
                .startsWith("0 of 1 confirmed layer").contains("is level with it").contains("confirm images");
    }

    @Test
    void withoutBnReluThereIsNoComparison() {
        var confirmed = List.of(entry("birth-7", null, null));
        assertThat(Sentence.of("cifar10", "COMPLETED", null, null, confirmed, List.of()))
                .isEqualTo("1 layer was confirmed, the best is birth-7 with 42.0 % (40.0 to 44.0), but BN-ReLU was not "
                        + "trained beside it.");
    }

    @Test
    void nothingConfirmedSaysSoAndWhy() {
        assertThat(sentence(List.of())).isEqualTo("No layer was confirmed.");
        assertThat(Sentence.of("cifar10", "CANCELLED", null, null, List.of(), List.of()))
                .isEqualTo("The search was cancelled; no layer was confirmed.");
        assertThat(Sentence.of("cifar10", "EXHAUSTED", null, null, List.of(), List.of()))
                .isEqualTo("Nothing trainable was proposed for long; no layer was confirmed.");
        assertThat(Sentence.of("cifar10", "FAILED", "no images", null, List.of(), List.of()))
                .isEqualTo("The search failed; no layer was confirmed: no images.");
    }

    @Test
    void syntheticImagesAreNamedFirst() {
        assertThat(Sentence.of("synthetic", "COMPLETED", null, null,
                List.of(entry("birth-7", null, points(1, 0.5, 1.5))), BN_RELU))
                .startsWith("On synthetic images, which say nothing about real ones: 1 of 1");
    }

    @Test
    void aProxyThatDoesNotSeparateTakesTheClaimBack() {
        var calibration = new Calibration(List.of("resnet"), Calibration.Noise.unknown(1), List.of(),
                new Separation(Answer.NO, 0, 0, "It does not."));
        assertThat(Sentence.of("cifar10", "COMPLETED", null, calibration,
                List.of(entry("birth-7", null, points(1, 0.5, 1.5))), BN_RELU))
                .endsWith("; but calibration did not tell normalization from none here, so this means little.");
    }
}
