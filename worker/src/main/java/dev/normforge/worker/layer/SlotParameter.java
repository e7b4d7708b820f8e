package dev.normforge.worker.layer;

import ai.djl.ndarray.types.Shape;

/**
 * A trainable array of a slot.
 *
 * @param shape of it, as the slot uses it
 * @param start value of all its numbers before training
 */
public record SlotParameter(Shape shape, double start) {

    /** One number for each channel, (1, C, 1, 1). */
    static SlotParameter perChannel(int channels, double start) {
        return new SlotParameter(new Shape(1, channels, 1, 1), start);
    }

    /** One number for each group of channels, (1, G, 1). */
    static SlotParameter perGroup(int groups, double start) {
        return new SlotParameter(new Shape(1, groups, 1), start);
    }
}
