package dev.normforge.worker.data;

import dev.normforge.protocol.Corruption;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Labelled images in memory as bytes: those a proxy may use, in their order, test images (if any) after them.
 *
 * <p>Pixels are stored image by image, row by row, red, green and blue side by side (N × side × side × 3): the order in
 * which the engine is fastest. A pixel's value for training is (byte / 255 − mean) / deviation of its colour.
 */
public final class Images {

    /** Kinds of image in CIFAR-10 and its stand-in. */
    public static final int CLASSES = 10;
    /** Colours of a pixel. */
    public static final int COLOURS = 3;

    private static final int FULL_SCALE = 255;

    private final byte[] pixels;
    private final byte[] labels;
    private final int side;
    private final float[] mean;
    private final float[] deviation;
    /** The float of each byte of each colour. */
    private final float[][] values = new float[COLOURS][FULL_SCALE + 1];

    /**
     * @param pixels count × side × side × 3 unsigned bytes; not copied
     * @param labels count class numbers, 0 to 9; not copied
     * @param side width and height in pixels
     * @param mean of each colour, on the scale 0 to 1
     * @param deviation of each colour, on the scale 0 to 1, above 0
     */
    public Images(byte[] pixels, byte[] labels, int side, float[] mean, float[] deviation) {
        if (side < 1 || pixels.length != (long) labels.length * side * side * COLOURS) {
            throw new IllegalArgumentException("pixels has %d bytes, expected %d images of %d x %d x %d".formatted(
                    pixels.length, labels.length, side, side, COLOURS));
        }
        if (mean.length != COLOURS || deviation.length != COLOURS) {
            throw new IllegalArgumentException("mean and deviation have %d and %d numbers, expected %d each"
                    .formatted(mean.length, deviation.length, COLOURS));
        }
        for (byte label : labels) {
            if (label < 0 || label >= CLASSES) {
                throw new IllegalArgumentException("label is %d, expected 0 to %d".formatted(label, CLASSES - 1));
            }
        }
        this.pixels = pixels;
        this.labels = labels;
        this.side = side;
        this.mean = mean.clone();
        this.deviation = deviation.clone();
        for (int colour = 0; colour < COLOURS; colour++) {
            for (int value = 0; value <= FULL_SCALE; value++) {
                values[colour][value] = (value / (float) FULL_SCALE - mean[colour]) / deviation[colour];
            }
        }
    }

    /** Consecutive images. */
    public record Range(int from, int count) {
        public Range {
            if (from < 0 || count < 1) {
                throw new IllegalArgumentException(
                        "range is %d images from %d, expected at least 1 from at least 0".formatted(count, from));
            }
        }
    }

    public int count() {
        return labels.length;
    }

    public int side() {
        return side;
    }

    public int label(int image) {
        return labels[image];
    }

    /** A generator whose draws depend on the image and on what they are for alone. */
    public static RandomGenerator random(int image, int purpose) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create((long) purpose << Integer.SIZE | image);
    }

    /** Mean of a colour's values, on the scale 0 to 1. */
    public float mean(int colour) {
        return mean[colour];
    }

    /** Deviation of a colour's values, on the scale 0 to 1. */
    public float deviation(int colour) {
        return deviation[colour];
    }

    /**
     * Writes a square cut of an image as floats, rows × columns × colours.
     *
     * @param image which
     * @param top first row of the cut
     * @param left first column
     * @param cut width and height of the cut
     * @param mirrored whether columns run from right to left
     * @param target where to
     * @param offset first index in {@code target}
     */
    public void write(int image, int top, int left, int cut, boolean mirrored, float[] target, int offset) {
        int at = offset;
        for (int row = 0; row < cut; row++) {
            int rowStart = (image * side + top + row) * side + left;
            for (int column = 0; column < cut; column++) {
                int pixel = COLOURS * (rowStart + (mirrored ? cut - 1 - column : column));
                for (int colour = 0; colour < COLOURS; colour++) {
                    target[at++] = values[colour][pixels[pixel + colour] & FULL_SCALE];
                }
            }
        }
    }

    /**
     * Writes a whole image that something was done to, rows × columns × colours; the image itself stays.
     *
     * @param image which
     * @param target where to
     * @param offset first index in {@code target}
     */
    public void write(int image, Corruption corruption, float[] target, int offset) {
        int length = side * side * COLOURS;
        double[] scaled = new double[length];
        for (int i = 0; i < length; i++) {
            scaled[i] = (pixels[image * length + i] & FULL_SCALE) / (double) FULL_SCALE;
        }
        Corrupting.image(scaled, side, corruption, random(image, Corrupting.PURPOSE));
        for (int i = 0; i < length; i++) {
            int colour = i % COLOURS;
            target[offset + i] = (float) ((scaled[i] - mean[colour]) / deviation[colour]);
        }
    }
}
