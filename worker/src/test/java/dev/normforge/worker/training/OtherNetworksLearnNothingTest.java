package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.TransferAnchors;
import dev.normforge.protocol.WeightStandardization;
import dev.normforge.worker.data.Images;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards against networks beside a search's own, or with standardized weights, that are built but cannot be trained. */
class OtherNetworksLearnNothingTest {

    private static final Images.Range SCORED = new Images.Range(1500, 500);
    private static final int STEPS = 80;

    static Stream<AnchorSpec> neverSearched() {
        return Stream.of("vgg", "densenet", "resnet-deep").map(TransferAnchors::read);
    }

    static List<AnchorSpec> searched() {
        return Laptop.ANCHORS;
    }

    @ParameterizedTest
    @MethodSource("neverSearched")
    void networksThatNoSearchTrainsOnLearn(AnchorSpec anchor) {
        learns(anchor, Laptop.proxy(STEPS));
    }

    @ParameterizedTest
    @MethodSource("searched")
    void standardizedNetworksLearn(AnchorSpec anchor) {
        learns(anchor, Laptop.proxy(STEPS).withWeightStandardization(WeightStandardization.find("ws").orElseThrow()));
    }

    private static void learns(AnchorSpec anchor, ProxySpec proxy) {
        try (var run = Laptop.start("bn-relu", anchor, proxy, 1)) {
            run.advanceTo(2, StepListener.NONE);
            run.evaluate(SCORED);
            int held = run.arraysHeld();
            run.advanceTo(STEPS, StepListener.NONE);
            assertThat(run.finite()).isTrue();
            assertThat(run.recentLoss()).as("below the loss of guessing, 2.303").isLessThan(2.1);
            assertThat(run.evaluate(SCORED).accuracy()).as("above chance").isGreaterThan(0.17);
            assertThat(run.arraysHeld()).as("arrays that outlive a step").isEqualTo(held);
        }
    }

    @ParameterizedTest
    @MethodSource("searched")
    void standardizationReachesTheTraining(AnchorSpec anchor) {
        var proxy = Laptop.proxy(STEPS);
        var variants = Stream.of(null, new WeightStandardization(0.1, true, true),
                new WeightStandardization(0.1, false, true), new WeightStandardization(0.1, false, false));
        assertThat(variants.map(variant -> firstLoss(anchor, proxy.withWeightStandardization(variant))))
                .doesNotHaveDuplicates();
    }

    private static double firstLoss(AnchorSpec anchor, ProxySpec proxy) {
        try (var run = Laptop.start("affine-relu", anchor, proxy, 1)) {
            run.advanceTo(1, StepListener.NONE);
            return run.recentLoss();
        }
    }
}
