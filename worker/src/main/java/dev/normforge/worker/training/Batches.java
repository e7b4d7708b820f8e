package dev.normforge.worker.training;

import dev.normforge.protocol.DataSpec;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.worker.data.Images;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The training batches of one seed, the same for every layer (common random numbers) and, but for the noise of images that are
 * to be restored, for every anchor: every image once in an order drawn anew each time all are used up, cropped and mirrored at
 * random.
 */
final class Batches {

    private final Images images;
    private final DataSpec data;
    private final Task task;
    private final int size;
    private final RandomGenerator random;
    private final ImageOrder order;

    /** @throws IllegalArgumentException if the images are not those of the proxy's data */
    Batches(Images images, ProxySpec proxy, Task task, long seed) {
        this.data = proxy.data();
        if (images.side() != data.side()) {
            throw new IllegalArgumentException(
                    "images are %d pixels wide, expected %d".formatted(images.side(), data.side()));
        }
        if (images.count() < data.train()) {
            throw new IllegalArgumentException(
                    "there are %d images, expected at least %d to train on".formatted(images.count(), data.train()));
        }
        this.images = images;
        this.task = task;
        this.size = proxy.training().batch();
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.order = proxy.ordersByClass()
                ? ImageOrder.byClass(images, data.train(), proxy.normalized(), random)
                : ImageOrder.shuffled(data.train(), random);
    }

    Batch next() {
        int crop = data.crop();
        int length = crop * crop * Images.COLOURS;
        float[] originals = new float[size * length];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            int image = order.next();
            int top = random.nextInt(data.side() - crop + 1);
            int left = random.nextInt(data.side() - crop + 1);
            boolean mirrored = random.nextBoolean() && data.flip();
            images.write(image, top, left, crop, mirrored, originals, i * length);
            labels[i] = images.label(image);
        }
        return new Batch(inputs(originals, length), labels, crop, originals);
    }

    private float[] inputs(float[] originals, int length) {
        if (!task.degrades()) {
            return originals;
        }
        float[] inputs = originals.clone();
        for (int start = 0; start < inputs.length; start += length) {
            task.degrade(inputs, start, data.crop(), images, random);
        }
        return inputs;
    }
}
