package dev.normforge.worker.training;

import ai.djl.ndarray.NDArray;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import java.util.random.RandomGenerator;

/**
 * Damaged images to clean ones; the network puts out (N, 3, H, W), normalized as images are. The loss is the mean over images
 * of ln(MSE)/5, MSE in normalized units: the PSNR loss of Half Instance Normalization (Chen et al., arXiv 2105.06086, authors'
 * code) up to a factor and a constant. The factor lets these networks train at the learning rate of the classifiers beside
 * them: of ln(MSE) itself 0.1 diverged within 30 steps and 0.03 was best.
 */
enum Restoration implements Task {

    /** The input is the image with normal noise of a tenth of the full scale on every colour value, not clipped. */
    DENOISING {
        @Override
        public void degrade(float[] pixels, int offset, int side, Images images, RandomGenerator random) {
            for (int i = 0; i < side * side * Images.COLOURS; i++) {
                double scale = NOISE / images.deviation(i % Images.COLOURS);
                pixels[offset + i] += (float) (scale * random.nextGaussian());
            }
        }
    },
    /** The input is the image at half its resolution, the means of 2×2 pixels, each repeated to full size. */
    DOUBLING {
        @Override
        public void degrade(float[] pixels, int offset, int side, Images images, RandomGenerator random) {
            for (int row = 0; row < side; row += 2) {
                for (int column = 0; column < side; column += 2) {
                    average(pixels, offset, side, row, column);
                }
            }
        }
    };

    private static final double NOISE = 0.1;
    private static final double FACTOR = 0.2;
    /** Of the authors' loss: keeps the logarithm of a perfect image finite. */
    private static final double EPSILON = 1e-8;
    /** The best that is told apart, 100 decibel. */
    private static final double LEAST_ERROR = 1e-10;
    private static final int[] PIXELS_AND_COLOURS = {1, 2, 3};

    /** Of a side that is odd, the last pixels have fewer neighbours. */
    private static void average(float[] pixels, int offset, int side, int top, int left) {
        int bottom = Math.min(top + 2, side);
        int right = Math.min(left + 2, side);
        for (int colour = 0; colour < Images.COLOURS; colour++) {
            double sum = 0;
            for (int row = top; row < bottom; row++) {
                for (int column = left; column < right; column++) {
                    sum += pixels[offset + (row * side + column) * Images.COLOURS + colour];
                }
            }
            float mean = (float) (sum / ((bottom - top) * (right - left)));
            for (int row = top; row < bottom; row++) {
                for (int column = left; column < right; column++) {
                    pixels[offset + (row * side + column) * Images.COLOURS + colour] = mean;
                }
            }
        }
    }

    @Override
    public boolean degrades() {
        return true;
    }

    @Override
    public NDArray loss(NDArray output, Batch batch, int of, Constants constants, Layout layout) {
        var error = output.sub(batch.originals(output.getManager(), constants, layout));
        var squares = error.mul(error).sum(PIXELS_AND_COLOURS);
        var mean = squares.mul(constants.of((double) batch.size() / batch.originals().length));
        return mean.add(constants.of(EPSILON)).log().sum().mul(constants.of(FACTOR / of));
    }

    /** Outputs of 1e4 deviations, as a cross-entropy of 1e4 means outputs of that size: ln(1e8)/5. */
    @Override
    public double highestLoss() {
        return FACTOR * Math.log(1e8);
    }

    /** Input and output are clipped to the scale, so that clipping alone brings nothing nearer. */
    @Override
    public Tally tally(NDArray output, Batch batch, Images images, Constants constants) {
        double[] restored = constants.read(output.transpose(0, 2, 3, 1));
        int length = restored.length / batch.size();
        int nearer = 0;
        double decibels = 0;
        for (int i = 0; i < batch.size(); i++) {
            double before = 0;
            double after = 0;
            for (int at = i * length; at < (i + 1) * length; at++) {
                int colour = at % Images.COLOURS;
                double original = images.mean(colour) + images.deviation(colour) * (double) batch.originals()[at];
                before += square(original - scaled(batch.pixels()[at], colour, images));
                after += square(original - scaled(restored[at], colour, images));
            }
            nearer += after < before ? 1 : 0;
            decibels -= 10 * Math.log10(Math.max(LEAST_ERROR, after / length));
        }
        return new Tally(nearer, batch.size(), decibels);
    }

    /** A value on the scale 0 to 1; what is no number is as far off as can be. */
    private static double scaled(double normalized, int colour, Images images) {
        double value = images.mean(colour) + images.deviation(colour) * normalized;
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.clamp(value, 0.0, 1.0);
    }

    private static double square(double error) {
        return Math.min(1, error * error);
    }

    /** 0 decibel: every value as far off as can be. */
    @Override
    public Tally nothing(int total) {
        return new Tally(0, total, 0.0);
    }
}
