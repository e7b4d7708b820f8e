package dev.normforge.protocol;

/**
 * Which images a proxy trains and scores on.
 *
 * @param name {@code cifar10} or {@code synthetic}
 * @param side width and height of an image in pixels after averaging 2×2 blocks; 32 or 16
 * @param crop width and height of the random training crop in pixels; equal to {@code side} for none
 * @param flip whether training images are mirrored at random
 * @param train images trained on, from the start of the 50,000
 * @param search images that score a candidate, following the training ones
 * @param confirm images that confirm a candidate, following those
 */
public record DataSpec(String name, int side, int crop, boolean flip, int train, int search, int confirm) {

    /** Training images of CIFAR-10; the test images are out of a proxy's reach. */
    public static final int AVAILABLE = 50_000;

    public DataSpec {
        Require.that(name.equals("cifar10") || name.equals("synthetic"), "proxy.data.name", name,
                "cifar10 or synthetic");
        Require.that(side == 32 || side == 16, "proxy.data.side", side, "32 or 16");
        Require.within("proxy.data.crop", crop, 8, side);
        Require.within("proxy.data.train", train, 1, AVAILABLE);
        Require.within("proxy.data.search", search, 1, AVAILABLE);
        Require.within("proxy.data.confirm", confirm, 1, AVAILABLE);
        Require.that(train + search + confirm <= AVAILABLE, "proxy.data.train + search + confirm",
                train + search + confirm, "at most " + AVAILABLE);
    }

    public DataSpec named(String other) {
        return new DataSpec(other, side, crop, flip, train, search, confirm);
    }
}
