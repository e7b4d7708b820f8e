package dev.normforge.worker.data;

import dev.normforge.protocol.DataSpec;
import java.util.ArrayList;
import java.util.SplittableRandom;

/**
 * The built-in stand-in for CIFAR-10, for machines without data and network: the same on every machine, as many images, as
 * many classes, nothing to download. A class is a texture (a product of two waves, so that a mirror image keeps its class)
 * at a random place, in random colours, contrast and brightness, under noise: what a network must divide out to see it.
 */
public final class SyntheticImages {

    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int[][] WAVES = {{2, 0}, {0, 2}, {4, 0}, {0, 4}, {2, 2}, {4, 2}, {2, 4}, {4, 4}, {3, 0},
            {0, 3}};
    private static final long SEED = 0x4e6f726d466f7267L;
    private static final long INDEX_STEP = 0x9e3779b97f4a7c15L;
    private static final double AMPLITUDE = 48;
    private static final double NOISE = 48;
    /** Standard deviation of the sum of four uniform bytes, whose mean is 510. */
    private static final double BYTES_DEVIATION = 147.8;
    private static final int BYTES_MEAN = 510;

    private SyntheticImages() {
    }

    /**
     * @param tested whether the test images follow
     * @param alive is told now and then that drawing goes on
     */
    public static ProxyImages load(DataSpec spec, boolean tested, Runnable alive) {
        var sources = new ArrayList<>(ProxyImages.sources(spec));
        if (tested) {
            sources.add(new Images.Range(DataSpec.AVAILABLE, ProxyImages.TEST));
        }
        var pixels = new Pixels(sources.stream().mapToInt(Images.Range::count).sum(), spec.side());
        var textures = textures();
        var planes = new byte[Images.COLOURS * PLANE];
        for (var source : sources) {
            for (int image = source.from(); image < source.from() + source.count(); image++) {
                pixels.add(draw(image, textures, planes), planes, 0);
                if (image % ProxyImages.TELL_EVERY == 0) {
                    alive.run();
                }
            }
        }
        return new ProxyImages(pixels.images(spec.train()), spec, tested);
    }

    /** StrictMath, so that the bytes are the same everywhere. */
    private static double[][] textures() {
        var textures = new double[Images.CLASSES][PLANE];
        for (int kind = 0; kind < Images.CLASSES; kind++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    double across = StrictMath.cos(2 * Math.PI * WAVES[kind][0] * x / SIDE);
                    double down = StrictMath.cos(2 * Math.PI * WAVES[kind][1] * y / SIDE);
                    textures[kind][y * SIDE + x] = across * down;
                }
            }
        }
        return textures;
    }

    private static int draw(int image, double[][] textures, byte[] planes) {
        var random = new SplittableRandom(SEED + image * INDEX_STEP);
        int kind = random.nextInt(Images.CLASSES);
        int top = random.nextInt(SIDE);
        int left = random.nextInt(SIDE);
        double contrast = 0.2 + 0.8 * random.nextDouble();
        for (int colour = 0; colour < Images.COLOURS; colour++) {
            double strength = AMPLITUDE * contrast * (0.3 + 0.7 * random.nextDouble());
            double brightness = 128 + 40 * (2 * random.nextDouble() - 1);
            for (int y = 0; y < SIDE; y++) {
                int row = (y + top) % SIDE * SIDE;
                for (int x = 0; x < SIDE; x++) {
                    double value = brightness + strength * textures[kind][row + (x + left) % SIDE]
                            + NOISE * contrast * noise(random.nextInt());
                    planes[colour * PLANE + y * SIDE + x] = (byte) Math.clamp(Math.round(value), 0, 255);
                }
            }
        }
        return kind;
    }

    private static double noise(int bits) {
        int sum = (bits & 0xff) + (bits >>> 8 & 0xff) + (bits >>> 16 & 0xff) + (bits >>> 24);
        return (sum - BYTES_MEAN) / BYTES_DEVIATION;
    }
}
