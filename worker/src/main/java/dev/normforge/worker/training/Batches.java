package dev.normforge.worker.training;

import dev.normforge.protocol.DataSpec;
import dev.normforge.worker.data.Images;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The training batches of one seed, the same for every layer and anchor (common random numbers): every image once in an order
 * drawn anew each time all are used up, cropped and mirrored at random.
 */
final class Batches {

    private final Images images;
    private final DataSpec data;
    private final int size;
    private final RandomGenerator random;
    private final int[] order;
    private int next;

    /** @throws IllegalArgumentException if the images are not those of {@code data} */
    Batches(Images images, DataSpec data, int size, long seed) {
        if (images.side() != data.side()) {
            throw new IllegalArgumentException(
                    "images are %d pixels wide, expected %d".formatted(images.side(), data.side()));
        }
        if (images.count() < data.train()) {
            throw new IllegalArgumentException(
                    "there are %d images, expected at least %d to train on".formatted(images.count(), data.train()));
        }
        this.images = images;
        this.data = data;
        this.size = size;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.order = new int[data.train()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        this.next = order.length;
    }

    Batch next() {
        int crop = data.crop();
        int length = crop * crop * Images.COLOURS;
        float[] pixels = new float[size * length];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            int image = nextImage();
            int top = random.nextInt(data.side() - crop + 1);
            int left = random.nextInt(data.side() - crop + 1);
            boolean mirrored = random.nextBoolean() && data.flip();
            images.write(image, top, left, crop, mirrored, pixels, i * length);
            labels[i] = images.label(image);
        }
        return new Batch(pixels, labels, crop);
    }

    private int nextImage() {
        if (next == order.length) {
            shuffle();
            next = 0;
        }
        return order[next++];
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }
}
