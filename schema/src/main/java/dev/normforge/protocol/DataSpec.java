package dev.normforge.protocol;

/**
 * Which images a proxy trains and scores on. The 50,000 training images of CIFAR-10, and of its stand-in, are split once for
 * all proxies: 0 to 39,999 train, 40,000 to 44,999 search, 45,000 to 49,999 confirm. A proxy takes the first of each part,
 * so that what one search trained on never scores a layer in another.
 *
 * @param name {@code cifar10} or {@code synthetic}
 * @param side width and height of an image in pixels after averaging 2×2 blocks; 32 or 16
 * @param crop width and height of the random training crop in pixels; equal to {@code side} for none
 * @param flip whether training images are mirrored at random
 * @param train images trained on, from image 0
 * @param search images that score a candidate, from image {@value #FIRST_SEARCH}
 * @param confirm images that confirm a candidate, from image {@value #FIRST_CONFIRM}
 */
public record DataSpec(String name, int side, int crop, boolean flip, int train, int search, int confirm) {

    /** Training images of CIFAR-10; the test images are out of a proxy's reach. */
    public static final int AVAILABLE = 50_000;
    /** The image at which the search images begin; those before it are trained on. */
    public static final int FIRST_SEARCH = 40_000;
    /** The image at which the confirm images begin. */
    public static final int FIRST_CONFIRM = 45_000;

    public DataSpec {
        Require.that(name.equals("cifar10") || name.equals("synthetic"), "proxy.data.name", name,
                "cifar10 or synthetic");
        Require.that(side == 32 || side == 16, "proxy.data.side", side, "32 or 16");
        Require.within("proxy.data.crop", crop, 8, side);
        Require.within("proxy.data.train", train, 1, FIRST_SEARCH);
        Require.within("proxy.data.search", search, 1, FIRST_CONFIRM - FIRST_SEARCH);
        Require.within("proxy.data.confirm", confirm, 1, AVAILABLE - FIRST_CONFIRM);
    }

    public DataSpec named(String other) {
        return new DataSpec(other, side, crop, flip, train, search, confirm);
    }
}
