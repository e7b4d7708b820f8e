package dev.normforge.worker.anchor;

import dev.normforge.worker.layer.Slot;

/** Makes the layer of each normalization-activation slot. */
@FunctionalInterface
public interface SlotFactory {

    Slot create(int channels);
}
