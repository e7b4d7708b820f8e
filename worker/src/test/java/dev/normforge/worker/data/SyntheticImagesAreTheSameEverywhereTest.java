package dev.normforge.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import org.junit.jupiter.api.Test;

/** Results on the stand-in are compared across machines, so its bytes must not depend on the machine. */
class SyntheticImagesAreTheSameEverywhereTest {

    private static final DataSpec SPEC = new DataSpec("synthetic", 16, 16, true, 300, 100, 100);

    private static final int[] GOLDEN = {0, 6, 4, 7, 2, 8, 6, 7, 1, 0, 2, 7};

    private static float[] picture(ProxyImages images, int image) {
        var picture = new float[16 * 16 * 3];
        images.images().write(image, 0, 0, 16, false, picture, 0);
        return picture;
    }

    @Test
    void labelsAreGoldenAndCoverAllClasses() {
        var images = SyntheticImages.load(SPEC, false, () -> {
        }).images();
        var first = new int[12];
        var seen = new boolean[Images.CLASSES];
        for (int i = 0; i < images.count(); i++) {
            if (i < first.length) {
                first[i] = images.label(i);
            }
            seen[images.label(i)] = true;
        }
        assertThat(first).containsExactly(GOLDEN);
        assertThat(seen).containsOnly(true);
    }

    @Test
    void testImagesFollowAndAreNoCopiesOfTrainingImages() {
        var images = SyntheticImages.load(SPEC, true, () -> {
        });
        assertThat(images.test()).isEqualTo(new Images.Range(500, 10_000));
        assertThat(picture(images, 500)).isNotEqualTo(picture(images, 0));
        assertThat(picture(images, 3)).isEqualTo(picture(SyntheticImages.load(SPEC, false, () -> {
        }), 3));
    }

    @Test
    void heldOutImagesAreTheSameHoweverManyAreTrainedOn() {
        var few = SyntheticImages.load(new DataSpec("synthetic", 16, 16, true, 10, 20, 20), false, () -> {
        });
        var more = SyntheticImages.load(new DataSpec("synthetic", 16, 16, true, 500, 40, 20), false, () -> {
        });
        for (int i = 0; i < 20; i++) {
            assertThat(few.images().label(10 + i)).isEqualTo(more.images().label(500 + i));
            assertThat(few.images().label(30 + i)).isEqualTo(more.images().label(540 + i));
        }
        assertThat(few.scored(ScoredOn.CONFIRM)).isEqualTo(new Images.Range(30, 20));
        assertThat(more.scored(ScoredOn.CONFIRM)).isEqualTo(new Images.Range(540, 20));
    }

    @Test
    void pixelsHaveZeroMeanAndUnitDeviation() {
        var images = SyntheticImages.load(SPEC, false, () -> {
        });
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < SPEC.train(); i++) {
            for (float value : picture(images, i)) {
                sum += value;
                squares += value * value;
            }
        }
        double count = SPEC.train() * 16.0 * 16 * 3;
        assertThat(sum / count).isBetween(-1e-3, 1e-3);
        assertThat(squares / count).isBetween(0.999, 1.001);
    }
}
