package dev.normforge.worker.data;

import dev.normforge.protocol.Corruption;
import java.util.random.RandomGenerator;

/** Makes a corrupted image of one, in place: rows × columns × colours on the scale 0 to 1. */
final class Corrupting {

    /** Sets its draws for an image apart from others'. */
    static final int PURPOSE = 1;

    private static final int COLOURS = Images.COLOURS;
    /** Deviations on each side of a Gaussian's kernel. */
    private static final int REACH = 3;

    private Corrupting() {
    }

    /** @param random draws noise */
    static void image(double[] image, int side, Corruption corruption, RandomGenerator random) {
        double amount = corruption.amount();
        switch (corruption.kind()) {
            case NOISE -> addNoise(image, amount, random);
            case BLUR -> blur(image, side, amount);
            case CONTRAST -> flatten(image, amount);
        }
        for (int i = 0; i < image.length; i++) {
            image[i] = Math.clamp(image[i], 0.0, 1.0);
        }
    }

    private static void addNoise(double[] image, double deviation, RandomGenerator random) {
        for (int i = 0; i < image.length; i++) {
            image[i] += deviation * random.nextGaussian();
        }
    }

    /** Towards the mean of each colour. */
    private static void flatten(double[] image, double factor) {
        for (int colour = 0; colour < COLOURS; colour++) {
            double sum = 0;
            for (int i = colour; i < image.length; i += COLOURS) {
                sum += image[i];
            }
            double mean = sum * COLOURS / image.length;
            for (int i = colour; i < image.length; i += COLOURS) {
                image[i] = mean + factor * (image[i] - mean);
            }
        }
    }

    /** Along rows, then along columns; beyond an edge the image goes on as at the edge. */
    private static void blur(double[] image, int side, double deviation) {
        double[] kernel = gaussian(deviation);
        int row = side * COLOURS;
        for (int line = 0; line < side; line++) {
            for (int colour = 0; colour < COLOURS; colour++) {
                blurLine(image, line * row + colour, COLOURS, side, kernel);
            }
        }
        for (int line = 0; line < row; line++) {
            blurLine(image, line, row, side, kernel);
        }
    }

    private static void blurLine(double[] image, int start, int stride, int length, double[] kernel) {
        int reach = kernel.length / 2;
        double[] blurred = new double[length];
        for (int i = 0; i < length; i++) {
            for (int k = -reach; k <= reach; k++) {
                blurred[i] += kernel[k + reach] * image[start + stride * Math.clamp(i + k, 0, length - 1)];
            }
        }
        for (int i = 0; i < length; i++) {
            image[start + stride * i] = blurred[i];
        }
    }

    private static double[] gaussian(double deviation) {
        int reach = (int) Math.ceil(REACH * deviation);
        double[] kernel = new double[2 * reach + 1];
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
            kernel[k + reach] = StrictMath.exp(-0.5 * k * k / (deviation * deviation));
            sum += kernel[k + reach];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return kernel;
    }
}
