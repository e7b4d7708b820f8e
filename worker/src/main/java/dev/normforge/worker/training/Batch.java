package dev.normforge.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.normforge.worker.anchor.Layout;
import dev.normforge.worker.data.Images;
import dev.normforge.worker.engine.Constants;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some images as numbers.
 *
 * @param pixels what the network is given: image by image, row by row, colours side by side
 * @param labels one for each image
 * @param side width and height of an image
 * @param originals the images as they are, likewise; the same array where the network is given nothing else
 */
record Batch(float[] pixels, int[] labels, int side, float[] originals) {

    int size() {
        return labels.length;
    }

    /** Consecutive parts of {@code size} images, which must divide the batch; itself where that is all of it. */
    List<Batch> parts(int size) {
        if (size == size()) {
            return List.of(this);
        }
        if (size < 1 || size() % size != 0) {
            throw new IllegalArgumentException("size is %d, expected a divisor of %d".formatted(size, size()));
        }
        return IntStream.range(0, size() / size).mapToObj(part -> part(part * size, size)).toList();
    }

    private Batch part(int from, int count) {
        int length = side * side * Images.COLOURS;
        float[] cut = Arrays.copyOfRange(pixels, from * length, (from + count) * length);
        float[] cutOriginals = originals == pixels
                ? cut
                : Arrays.copyOfRange(originals, from * length, (from + count) * length);
        return new Batch(cut, Arrays.copyOfRange(labels, from, from + count), side, cutOriginals);
    }

    /**
     * What the network is given, (N, 3, side, side).
     *
     * @param layout how the numbers lie in memory: colours innermost is what convolutions on a CPU are fastest with
     */
    NDArray images(NDManager scope, Constants constants, Layout layout) {
        return array(pixels, scope, constants, layout);
    }

    /** The images as they are, likewise. */
    NDArray originals(NDManager scope, Constants constants, Layout layout) {
        return array(originals, scope, constants, layout);
    }

    private NDArray array(float[] numbers, NDManager scope, Constants constants, Layout layout) {
        return switch (layout) {
            case CHANNELS_LAST -> constants.create(scope, numbers, new Shape(size(), side, side, Images.COLOURS))
                    .transpose(0, 3, 1, 2);
            case CHANNELS_FIRST ->
                constants.create(scope, channelsFirst(numbers), new Shape(size(), Images.COLOURS, side, side));
        };
    }

    private float[] channelsFirst(float[] numbers) {
        float[] moved = new float[numbers.length];
        int area = side * side;
        for (int image = 0; image < size(); image++) {
            int start = image * area * Images.COLOURS;
            for (int i = 0; i < area; i++) {
                for (int colour = 0; colour < Images.COLOURS; colour++) {
                    moved[start + colour * area + i] = numbers[start + i * Images.COLOURS + colour];
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
