package dev.normforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Cost;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.report.Audit;
import dev.normforge.report.Calibration;
import dev.normforge.report.Calibration.Baseline;
import dev.normforge.report.Calibration.Noise;
import dev.normforge.report.Calibration.Separation;
import dev.normforge.report.Funnel;
import dev.normforge.report.Funnel.Stage;
import dev.normforge.report.Interval;
import dev.normforge.report.Report;
import dev.normforge.report.Report.Counted;
import dev.normforge.report.Report.Entry;
import dev.normforge.report.Report.Images;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a user takes home: every number with its interval, the data named, references beside the finds. */
class FinalTextTest {

    static final Calibration CALIBRATION = new Calibration(List.of("resnet", "mobilenetv2"),
            new Noise(List.of(0.0121, 0.0098), 0.0079, 8),
            List.of(new Baseline("bn-relu", 3, 0, new Interval(0.405, 0.395, 0.415),
                    List.of(new Interval(0.41, 0.4, 0.42), new Interval(0.4, 0.39, 0.41)), List.of(9.1, 12.3))),
            new Separation(Separation.Answer.YES, 0.03, 4.1,
                    "the proxy separates: bn-relu is 4.1 standard errors above affine-relu"));

    /** An entry with the same count on both anchors for each seed, on the confirm and the test images. */
    static Entry entry(String layer, @Nullable Interval beyond, int... correct) {
        var counts = new ArrayList<Counted>();
        for (int seed = 0; seed < correct.length; seed++) {
            for (var images : List.of(Images.CONFIRM, Images.TEST)) {
                counts.add(new Counted(images, 2, seed, "resnet", correct[seed], 1000));
                counts.add(new Counted(images, 2, seed, "mobilenetv2", correct[seed], 1000));
            }
        }
        return new Entry(layer, layer.startsWith("birth-") ? 88 : null, "formula of " + layer,
                new Layer(LayerGraph.of(Node.of(Elementwise.TANH, LayerGraph.X)), Numerics.DEFAULT), new Cost(5, 9, 3),
                counts, null, new Interval(0.52, 0.5, 0.54), new Interval(0.51, 0.49, 0.53), beyond, null, null);
    }

    static Report report(String data, List<Entry> confirmed, List<Entry> references) {
        return new Report("laptop-seed7", 7, "laptop", data, CALIBRATION,
                List.of(new Funnel.Row(Stage.QUALITY, "high-loss", 61, 1_220, 13_420),
                        new Funnel.Row(Stage.SCORED, "scored", 40, 9_600, 0)),
                new Audit(0.3, List.of(new Audit.Row(Stage.QUALITY, 61, 3, 0, new Interval(0, 0, 0.56),
                        List.of(new Audit.Reason("high-loss at step 20", 3, 0, new Interval(0, 0, 0.56)))))),
                List.of(),
                confirmed, references, "COMPLETED", null, "Anchors resnet, mobilenetv2.", new Report.Versions(1, 1),
                "1 of 1 beats BN-ReLU.");
    }

    @Test
    void putsConfirmedLayersBesideReferences() {
        var report = report("cifar10", List.of(entry("birth-88", new Interval(0.012, -0.004, 0.028), 520)),
                List.of(entry("bn-relu", null, 508)));

        assertThat(String.join("\n", FinalText.of(report))).isEqualTo(
                """
                        search laptop-seed7, preset laptop, seed 7, data cifar10
                        Anchors resnet, mobilenetv2.

                        calibration
                          noise of one run (standard deviation between seeds): resnet 0.012, mobilenetv2 0.010; mean over anchors 0.008
                          layer         accuracy                      resnet   mobilenetv2
                          bn-relu       0.405 [0.395, 0.415]           0.410         0.400
                          verdict: the proxy separates: bn-relu is 4.1 standard errors above affine-relu

                        funnel
                          stage      reason                       layers   steps spent   steps saved
                          quality    high-loss                        61         1,220        13,420
                          scored     scored                           40         9,600             0
                        audit: rejected layers trained to the end all the same; false where the final mean is at least affine-relu's, 0.300
                          stage                          rejected  audited   false    rate
                          quality                              61        3       0    0.000 [0.000, 0.560]
                            high-loss at step 20                         3       0    0.000 [0.000, 0.560]

                        final table, data cifar10: accuracy, mean over anchors and fresh seeds, [95 % interval]
                          layer         confirm                 test                    confirm - bn-relu
                          birth-88      0.520 [0.500, 0.540]    0.510 [0.490, 0.530]    +0.012 [-0.004, +0.028]
                              formula of birth-88
                          references, trained the same way
                          bn-relu       0.520 [0.500, 0.540]    0.510 [0.490, 0.530]    -
                              formula of bn-relu""");
    }

    @Test
    void neverShowsSyntheticResultsWithoutTheirLabel() {
        var lines = FinalText.of(report("synthetic", List.of(), List.of()));

        assertThat(lines).filteredOn(line -> line.contains("data ")).hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("synthetic (built-in stand-in, not CIFAR-10)"));
        assertThat(lines).contains("  no layer was confirmed");
    }
}
