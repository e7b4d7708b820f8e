package dev.normforge.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;

/**
 * Some images as numbers.
 *
 * @param pixels image by image, row by row, colours side by side
 * @param labels one for each image
 * @param side width and height of an image
 */
record Batch(float[] pixels, int[] labels, int side) {

    /** Whole images as they are, {@code from} on. */
    static Batch of(Images images, int from, int count) {
        int side = images.side();
        int length = side * side * Images.COLOURS;
        float[] pixels = new float[count * length];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            images.write(from + i, 0, 0, side, false, pixels, i * length);
            labels[i] = images.label(from + i);
        }
        return new Batch(pixels, labels, side);
    }

    int size() {
        return labels.length;
    }

    /**
     * (N, 3, side, side).
     *
     * @param layout how the numbers lie in memory: colours innermost is what convolutions on a CPU are fastest with
     */
    NDArray images(NDManager scope, Constants constants, Layout layout) {
        return switch (layout) {
            case CHANNELS_LAST -> constants.create(scope, pixels, new Shape(size(), side, side, Images.COLOURS))
                    .transpose(0, 3, 1, 2);
            case CHANNELS_FIRST ->
                constants.create(scope, channelsFirst(), new Shape(size(), Images.COLOURS, side, side));
        };
    }

    private float[] channelsFirst() {
        float[] moved = new float[pixels.length];
        int area = side * side;
        for (int image = 0; image < size(); image++) {
            int start = image * area * Images.COLOURS;
            for (int i = 0; i < area; i++) {
                for (int colour = 0; colour < Images.COLOURS; colour++) {
                    moved[start + colour * area + i] = pixels[start + i * Images.COLOURS + colour];
                }
            }
        }
        return moved;
    }

    /** (N, classes): 1 at the label. */
    NDArray targets(NDManager scope, Constants constants) {
        float[] targets = new float[size() * Images.CLASSES];
        for (int i = 0; i < size(); i++) {
            targets[i * Images.CLASSES + labels[i]] = 1;
        }
        return constants.create(scope, targets, new Shape(size(), Images.CLASSES));
    }
}
