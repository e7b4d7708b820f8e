package dev.normforge.worker.training;

import dev.normforge.worker.data.Images;

/** Makes batches for looking at a network: the same image is always the same example. */
record Examples(Images images, Task task) {

    /** Sets the draws for an image apart from those of a corruption. */
    private static final int DEGRADING = 2;

    /** @throws IllegalArgumentException if the view goes beyond the images */
    Batch batch(View view) {
        var range = view.range();
        if ((long) range.from() + range.count() > images.count()) {
            throw new IllegalArgumentException("range ends at image %d, expected at most %d".formatted(
                    (long) range.from() + range.count(), images.count()));
        }
        int side = images.side();
        int length = side * side * Images.COLOURS;
        float[] originals = new float[range.count() * length];
        int[] labels = new int[range.count()];
        for (int i = 0; i < range.count(); i++) {
            images.write(range.from() + i, 0, 0, side, false, originals, i * length);
            labels[i] = images.label(range.from() + i);
        }
        return new Batch(inputs(view, originals), labels, side, originals);
    }

    /** What the network is given; the originals themselves where nothing is done to them. */
    private float[] inputs(View view, float[] originals) {
        if (view.corruption() == null && !task.degrades()) {
            return originals;
        }
        float[] inputs = originals.clone();
        int length = inputs.length / view.range().count();
        for (int i = 0; i < view.range().count(); i++) {
            int image = view.range().from() + i;
            if (view.corruption() != null) {
                images.write(image, view.corruption(), inputs, i * length);
            }
            if (task.degrades()) {
                task.degrade(inputs, i * length, images.side(), images, Images.random(image, DEGRADING));
            }
        }
        return inputs;
    }
}
