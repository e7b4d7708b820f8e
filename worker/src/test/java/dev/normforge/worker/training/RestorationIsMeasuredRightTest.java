package dev.normforge.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.normforge.protocol.AnchorSpec.Family;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards against a restored image that is compared with the wrong one, on the wrong scale, or in the wrong order of axes. */
class RestorationIsMeasuredRightTest {

    private static final int SIDE = Laptop.IMAGES.side();
    private static final int LENGTH = SIDE * SIDE * Images.COLOURS;
    private static final View FOUR = new View(new Images.Range(20, 4), null);

    private final Random random = new Random(1);

    private static void inDoublePrecision(BiConsumer<NDManager, Constants> test) {
        try (var scope = Laptop.TORCH.newScope()) {
            test.accept(scope, new Constants(scope, DataType.FLOAT64));
        }
    }

    /** Numbers as a batch has them, as (N, 3, H, W). */
    private static NDArray output(NDManager scope, double[] numbers) {
        return scope.create(numbers, new Shape(numbers.length / LENGTH, SIDE, SIDE, Images.COLOURS))
                .transpose(0, 3, 1, 2);
    }

    private static double[] doubles(float[] numbers) {
        double[] all = new double[numbers.length];
        Arrays.setAll(all, i -> numbers[i]);
        return all;
    }

    private double[] near(float[] numbers, double noise) {
        return Arrays.stream(doubles(numbers)).map(value -> value + noise * random.nextGaussian()).toArray();
    }

    private static Batch batch(Task task, View view) {
        return new Examples(Laptop.IMAGES, task).batch(view);
    }

    @ParameterizedTest
    @EnumSource
    void theLossIsTheMeanLogarithmOfEachImagesError(Restoration task) {
        var batch = batch(task, FOUR);
        double[] restored = near(batch.originals(), 0.3);
        double expected = 0;
        for (int image = 0; image < 4; image++) {
            double sum = 0;
            for (int i = image * LENGTH; i < (image + 1) * LENGTH; i++) {
                sum += (restored[i] - batch.originals()[i]) * (restored[i] - batch.originals()[i]);
            }
            expected += Math.log(sum / LENGTH + 1e-8) / 5 / 6;
        }
        double wanted = expected;
        inDoublePrecision((scope, constants) -> {
            for (var layout : Layout.values()) {
                var loss = task.loss(output(scope, restored), batch, 6, constants, layout);
                assertThat(loss.toDoubleArray()[0]).as("share of 4 in 6 images, %s", layout).isCloseTo(wanted,
                        within(1e-9));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void theGradientOfTheLossIsThatOfFiniteDifferences(Restoration task) {
        var batch = batch(task, FOUR);
        double[] restored = near(batch.originals(), 0.3);
        inDoublePrecision((scope, constants) -> {
            var leaf = scope.create(restored, new Shape(4, SIDE, SIDE, Images.COLOURS));
            leaf.setRequiresGradient(true);
            Laptop.TORCH.backward(
                    task.loss(leaf.transpose(0, 3, 1, 2), batch, 4, constants, Layout.CHANNELS_LAST), constants.of(1));
            double[] gradient = leaf.getGradient().toDoubleArray();
            for (int i : new int[]{0, 17, 3 * LENGTH - 1, 4 * LENGTH - 2}) {
                double difference = (lossWith(task, batch, restored, i, 1e-5, scope, constants)
                        - lossWith(task, batch, restored, i, -1e-5, scope, constants)) / 2e-5;
                assertThat(gradient[i]).isCloseTo(difference, within(1e-7));
            }
        });
    }

    private static double lossWith(Task task, Batch batch, double[] restored, int at, double change, NDManager scope,
            Constants constants) {
        double[] changed = restored.clone();
        changed[at] += change;
        return task.loss(output(scope, changed), batch, 4, constants, Layout.CHANNELS_LAST).toDoubleArray()[0];
    }

    @Test
    void psnrIsOnTheScaleOfPixelsAndClipped() {
        var images = halves();
        var batch = new Examples(images, Restoration.DENOISING).batch(new View(new Images.Range(0, 2), null));
        // The first image is off by 0.1 everywhere; of the second, half is no number and half is right after clipping.
        double[] restored = new double[2 * LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            restored[i] = batch.originals()[i] + 0.2; // a deviation is half of the scale
            restored[LENGTH + i] = i % 2 == 0 ? Double.NaN : 7;
        }
        inDoublePrecision((scope, constants) -> {
            var tally = Restoration.DENOISING.tally(output(scope, restored), batch, images, constants);
            double expected = (20 - 10 * Math.log10(0.5)) / 2;
            assertThat(Objects.requireNonNull(tally.psnr())).isCloseTo(expected, within(1e-4));
            assertThat(tally.total()).isEqualTo(2);
        });
    }

    /** A black image and a white one. */
    private static Images halves() {
        byte[] pixels = new byte[2 * LENGTH];
        Arrays.fill(pixels, LENGTH, 2 * LENGTH, (byte) 255);
        var half = new float[]{0.5f, 0.5f, 0.5f};
        return new Images(pixels, new byte[2], SIDE, half, half);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatComesNearerThanItWentInIsCounted(Restoration task) {
        var batch = batch(task, new View(new Images.Range(20, 50), null));
        inDoublePrecision((scope, constants) -> {
            var same = task.tally(output(scope, doubles(batch.pixels())), batch, Laptop.IMAGES, constants);
            assertThat(same.correct()).as("the input itself").isZero();
            double[] half = doubles(batch.pixels());
            for (int i = 0; i < half.length; i++) {
                half[i] = (half[i] + batch.originals()[i]) / 2;
            }
            var nearer = task.tally(output(scope, half), batch, Laptop.IMAGES, constants);
            assertThat(nearer.correct()).isEqualTo(50);
            assertThat(Objects.requireNonNull(nearer.psnr()) - Objects.requireNonNull(same.psnr()))
                    .as("half of the error is 6 decibel").isBetween(4.0, 6.1);
            var perfect = task.tally(output(scope, doubles(batch.originals())), batch, Laptop.IMAGES, constants);
            assertThat(perfect.psnr()).isEqualTo(100);
            var nothing = task.nothing(50);
            assertThat(nothing).isEqualTo(new Tally(0, 50, 0.0));
        });
    }

    @Test
    void noiseHasATenthOfTheScaleAndIsFixedForEachImageOutsideOfTraining() {
        var view = new View(new Images.Range(0, 30), null);
        var batch = batch(Restoration.DENOISING, view);
        assertThat(batch(Restoration.DENOISING, view).pixels()).isEqualTo(batch.pixels());
        assertThat(batch(Restoration.DENOISING, new View(new Images.Range(29, 1), null)).pixels())
                .isEqualTo(Arrays.copyOfRange(batch.pixels(), 29 * LENGTH, 30 * LENGTH));
        double squares = 0;
        for (int i = 0; i < batch.pixels().length; i++) {
            double noise = (batch.pixels()[i] - batch.originals()[i]) * (double) Laptop.IMAGES.deviation(i % 3);
            squares += noise * noise / batch.pixels().length;
        }
        assertThat(Math.sqrt(squares)).isCloseTo(0.1, within(0.002));
    }

    @Test
    void trainingSeesOtherNoiseEachTime() {
        var proxy = Laptop.proxy(10);
        var batches = new Batches(Laptop.IMAGES, proxy, Restoration.DENOISING, 1);
        var again = new Batches(Laptop.IMAGES, proxy, Restoration.DENOISING, 1);
        var first = batches.next();
        assertThat(again.next().pixels()).isEqualTo(first.pixels()).isNotEqualTo(first.originals());
        float[] noise = new float[LENGTH];
        float[] later = new float[LENGTH];
        var second = batches.next();
        for (int i = 0; i < LENGTH; i++) {
            noise[i] = first.pixels()[i] - first.originals()[i];
            later[i] = second.pixels()[i] - second.originals()[i];
        }
        assertThat(noise).isNotEqualTo(later);
    }

    @Test
    void doublingStartsFromMeansOfFourPixels() {
        var batch = batch(Restoration.DOUBLING, FOUR);
        for (int colour = 0; colour < 3; colour++) {
            float sum = 0;
            for (int pixel : new int[]{0, 1, SIDE, SIDE + 1}) {
                sum += batch.originals()[LENGTH + 3 * pixel + colour];
            }
            for (int pixel : new int[]{0, 1, SIDE, SIDE + 1}) {
                assertThat(batch.pixels()[LENGTH + 3 * pixel + colour]).isCloseTo(sum / 4, within(1e-5f));
            }
        }
        float[] odd = {0, 0, 0, 3, 3, 3, 5, 5, 5, 1, 1, 1, 2, 2, 2, 7, 7, 7, 8, 8, 8, 4, 4, 4, 9, 9, 9};
        Restoration.DOUBLING.degrade(odd, 0, 3, Laptop.IMAGES, random);
        assertThat(odd).containsExactly(1.5f, 1.5f, 1.5f, 1.5f, 1.5f, 1.5f, 6, 6, 6, 1.5f, 1.5f, 1.5f, 1.5f, 1.5f,
                1.5f, 6, 6, 6, 6, 6, 6, 6, 6, 6, 9, 9, 9);
    }

    @Test
    void aTaskFollowsFromTheFamily() {
        for (var family : Family.values()) {
            assertThat(Task.of(family).degrades()).as(family.toString()).isEqualTo(family.restores());
        }
    }

    @Test
    void outputsBeyondReturnCountAsDiverged() {
        assertThat(Restoration.DENOISING.highestLoss()).as("ln of a squared error of 1e8 in deviations")
                .isCloseTo(Math.log(1e8) / 5, within(1e-12));
        assertThat(new Classification().highestLoss()).isEqualTo(1e4);
    }
}
