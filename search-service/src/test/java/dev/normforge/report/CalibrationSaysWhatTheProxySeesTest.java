package dev.normforge.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.report.Calibration.Separation.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationSaysWhatTheProxySeesTest {

    private static final List<String> ANCHORS = List.of("resnet", "mobilenetv2");

    private static final List<Measurement> RUNS = List.of(Runs.reference("bn-relu", 1, 300, 280),
            Runs.reference("bn-relu", 2, 310, 290), Runs.reference("bn-relu", 3, 320, 300),
            Runs.reference("affine-relu", 1, 150, 160), Runs.reference("affine-relu", 2, 150, 180),
            Runs.reference("affine-relu", 3, 150, 170));

    @Test
    void noiseIsPooledOverReferencesPerAnchorAndForTheMean() {
        var noise = Calibration.of(ANCHORS, RUNS).noise();
        assertThat(noise.degreesOfFreedom()).isEqualTo(4);
        assertThat(noise.anchors().get(0)).isCloseTo(Math.sqrt(2 * 0.01 * 0.01 / 4), within(1e-12));
        assertThat(noise.anchors().get(1)).isCloseTo(0.01, within(1e-12));
        assertThat(noise.mean()).isCloseTo(Math.sqrt((2 * 0.01 * 0.01 + 2 * 0.005 * 0.005) / 4), within(1e-12));
    }

    @Test
    void baselinesHaveMeanIntervalAndMedianStepTime() {
        var baseline = requireNonNull(Calibration.of(ANCHORS, RUNS).reference("bn-relu"));
        assertThat(baseline.accuracy().mean()).isCloseTo(0.3, within(1e-12));
        assertThat(baseline.accuracy().low()).isLessThan(0.3);
        assertThat(baseline.accuracy().high()).isGreaterThan(0.3);
        assertThat(baseline.anchors()).extracting(Interval::mean).satisfiesExactly(
                first -> assertThat(first).isCloseTo(0.31, within(1e-12)),
                second -> assertThat(second).isCloseTo(0.29, within(1e-12)));
        assertThat(baseline.stepMillis()).containsExactly(12.0, 12.0);
    }

    @Test
    void aWideGapSeparates() {
        var separation = Calibration.of(ANCHORS, RUNS).separation();
        assertThat(separation.answer()).isEqualTo(Answer.YES);
        assertThat(separation.difference()).isCloseTo(0.14, within(1e-12));
        assertThat(separation.sentence()).startsWith(
                "This proxy tells normalization from none: bn-relu reaches 30.0 %, affine-relu 16.0 %: 14.0 points apart,");
    }

    @Test
    void aGapWithinNoiseDoesNot() {
        var runs = List.of(Runs.reference("bn-relu", 1, 300, 280), Runs.reference("bn-relu", 2, 340, 320),
                Runs.reference("affine-relu", 1, 290, 270), Runs.reference("affine-relu", 2, 330, 310));
        var separation = Calibration.of(ANCHORS, runs).separation();
        assertThat(separation.answer()).isEqualTo(Answer.NO);
        assertThat(separation.sentence()).startsWith("This proxy does not tell normalization from none");
    }

    /** A run that diverges would otherwise make the noise so large that nothing could ever be beyond it. */
    @Test
    void aDivergedRunCountsAsZeroButNotAsNoise() {
        var runs = List.of(Runs.reference("bn-relu", 1, 300, 280), Runs.reference("bn-relu", 2, 310, 290),
                Runs.reference("affine-relu", 1, 150, 160), Runs.divergedReference("affine-relu", 2));
        var calibration = Calibration.of(ANCHORS, runs);
        assertThat(calibration.noise().mean()).isCloseTo(0.01 / Math.sqrt(2), within(1e-12));
        var affine = requireNonNull(calibration.reference("affine-relu"));
        assertThat(affine.diverged()).isEqualTo(1);
        assertThat(affine.accuracy().mean()).isCloseTo(0.0775, within(1e-12));
        assertThat(affine.stepMillis()).containsExactly(11.0, 11.0);
    }

    /** Without gates a worker trains the other anchors and reports none right for the one that diverged. */
    @Test
    void aRunWithOneDivergedAnchorIsNoNoiseEither() {
        var runs = List.of(Runs.reference("bn-relu", 1, 300, 280), Runs.reference("bn-relu", 2, 310, 290),
                Runs.reference("affine-relu", 1, 150, 160), Runs.reference("affine-relu", 2, 0, 160));
        var calibration = Calibration.of(ANCHORS, runs);
        assertThat(calibration.noise().mean()).isCloseTo(0.01 / Math.sqrt(2), within(1e-12));
        assertThat(requireNonNull(calibration.reference("affine-relu")).diverged()).isEqualTo(1);
    }

    @Test
    void oneSeedSaysThatNoiseIsUnknown() {
        var calibration = Calibration.of(ANCHORS,
                List.of(Runs.reference("bn-relu", 1, 300, 280), Runs.reference("affine-relu", 1, 150, 160)));
        assertThat(calibration.noise()).isEqualTo(Calibration.Noise.unknown(2));
        assertThat(calibration.separation().sentence()).contains("of the images alone: one seed each");
    }

    @Test
    void withoutBothLayersTheAnswerIsUnknown() {
        var separation = Calibration.of(ANCHORS, List.of(Runs.reference("bn-relu", 1, 300, 280))).separation();
        assertThat(separation.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(separation.sentence()).contains("affine-relu was not measured");
    }

    @Test
    void nothingMeasuredIsACalibrationWithoutReferences() {
        var calibration = Calibration.of(ANCHORS, List.of());
        assertThat(calibration.references()).isEmpty();
        assertThat(calibration.separation().answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void itsJsonReadsBackAsItself() {
        var calibration = Calibration.of(ANCHORS, RUNS);
        assertThat(Calibration.read(calibration.json())).isEqualTo(calibration);
    }
}
