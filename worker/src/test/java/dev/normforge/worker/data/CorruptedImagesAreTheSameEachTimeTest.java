package dev.normforge.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.protocol.Corruption;
import dev.normforge.protocol.Corruption.Kind;
import dev.normforge.protocol.Corruption.Severity;
import dev.normforge.protocol.DataSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards against a domain that differs from one look to the next, leaves the scale, or is milder than it says. */
class CorruptedImagesAreTheSameEachTimeTest {

    private static final int SIDE = 16;
    private static final int LENGTH = SIDE * SIDE * 3;
    private static final Images IMAGES = SyntheticImages.load(new DataSpec("synthetic", SIDE, SIDE, true, 60, 10, 10),
            false, () -> {
            }).images();

    private static float[] clean(int image) {
        var target = new float[LENGTH];
        IMAGES.write(image, 0, 0, SIDE, false, target, 0);
        return target;
    }

    private static float[] corrupted(Kind kind, Severity severity, int image) {
        var target = new float[LENGTH];
        IMAGES.write(image, new Corruption(kind, severity), target, 0);
        return target;
    }

    /** On the scale 0 to 1. */
    private static double[] scaled(float[] image) {
        var values = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = IMAGES.mean(i % 3) + IMAGES.deviation(i % 3) * (double) image[i];
        }
        return values;
    }

    private static double meanSquaredChange(Kind kind, Severity severity) {
        double sum = 0;
        for (int image = 0; image < 50; image++) {
            double[] before = scaled(clean(image));
            double[] after = scaled(corrupted(kind, severity, image));
            for (int i = 0; i < LENGTH; i++) {
                sum += (after[i] - before[i]) * (after[i] - before[i]);
            }
        }
        return sum / 50 / LENGTH;
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsChangedInTheSameWayEachTimeAndStays(Kind kind) {
        for (var severity : Severity.values()) {
            float[] before = clean(7);
            float[] first = corrupted(kind, severity, 7);
            corrupted(kind, severity, 8);
            assertThat(corrupted(kind, severity, 7)).isEqualTo(first).isNotEqualTo(before);
            assertThat(clean(7)).isEqualTo(before);
            for (double value : scaled(first)) {
                assertThat(value).isBetween(-1e-6, 1 + 1e-6);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void heavierIsFurtherFromTheImage(Kind kind) {
        assertThat(meanSquaredChange(kind, Severity.MEDIUM)).isGreaterThan(meanSquaredChange(kind, Severity.LIGHT));
        assertThat(meanSquaredChange(kind, Severity.HEAVY)).isGreaterThan(meanSquaredChange(kind, Severity.MEDIUM));
    }

    @Test
    void noiseHasTheDeviationThatIsNamedAndIsNoNeighbours() {
        var grey = grey(128);
        for (var severity : Severity.values()) {
            var corruption = new Corruption(Kind.NOISE, severity);
            var noise = new double[2][LENGTH];
            for (int image = 0; image < 2; image++) {
                var target = new float[LENGTH];
                grey.write(image, corruption, target, 0);
                double squares = 0;
                for (int i = 0; i < LENGTH; i++) {
                    noise[image][i] = target[i] / 2 + 0.5 - 128 / 255.0;
                    squares += noise[image][i] * noise[image][i];
                }
                double clipped = severity == Severity.HEAVY ? 0.02 : 0;
                assertThat(Math.sqrt(squares / LENGTH)).isCloseTo(corruption.amount() - clipped,
                        within(0.1 * corruption.amount()));
            }
            double together = 0;
            for (int i = 0; i < LENGTH; i++) {
                together += noise[0][i] * noise[1][i];
            }
            assertThat(together / LENGTH / corruption.amount() / corruption.amount()).isBetween(-0.15, 0.15);
        }
    }

    @Test
    void blurSpreadsADotAsAGaussianAndKeepsAFlatImage() {
        byte[] pixels = new byte[2 * LENGTH];
        int dot = (8 * SIDE + 8) * 3;
        pixels[dot] = (byte) 255; // a red one
        var images = new Images(pixels, new byte[2], SIDE, new float[3], new float[]{1, 1, 1});
        var target = new float[LENGTH];
        images.write(0, new Corruption(Kind.BLUR, Severity.MEDIUM), target, 0);
        double spread = 0;
        double sum = 0;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double value = target[(row * SIDE + column) * 3];
                sum += value;
                spread += value * (row - 8) * (row - 8);
                assertThat(target[(row * SIDE + column) * 3 + 1]).isZero();
                assertThat(target[(column * SIDE + row) * 3]).isCloseTo((float) value, within(1e-7f));
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        assertThat(spread).as("variance along columns").isCloseTo(1, within(0.03));
        images.write(1, new Corruption(Kind.BLUR, Severity.HEAVY), target, 0);
        assertThat(target).containsOnly(0);
    }

    @Test
    void contrastKeepsTheMeanOfEachColour() {
        var corruption = new Corruption(Kind.CONTRAST, Severity.MEDIUM);
        double[] before = scaled(clean(3));
        double[] after = scaled(corrupted(Kind.CONTRAST, Severity.MEDIUM, 3));
        for (int colour = 0; colour < 3; colour++) {
            double mean = 0;
            for (int i = colour; i < LENGTH; i += 3) {
                mean += 3 * before[i] / LENGTH;
            }
            for (int i = colour; i < LENGTH; i += 3) {
                assertThat(after[i]).isCloseTo(mean + corruption.amount() * (before[i] - mean), within(1e-6));
            }
        }
    }

    /** Two images of one grey; normalized = 2·value − 1. */
    private static Images grey(int value) {
        byte[] pixels = new byte[2 * LENGTH];
        Arrays.fill(pixels, (byte) value);
        return new Images(pixels, new byte[2], SIDE, new float[]{0.5f, 0.5f, 0.5f}, new float[]{0.5f, 0.5f, 0.5f});
    }
}
