package dev.normforge.graph;

import java.util.List;
import java.util.Optional;

/** The published layers that the search space can express, as graphs; they take the numerics of whoever uses them. */
public final class NamedLayers {

    private NamedLayers() {
    }

    public static Optional<LayerGraph> find(String name) {
        throw new UnsupportedOperationException("not yet " + name);
    }

    /** All names, in the order in which {@code layers} lists them. */
    public static List<String> names() {
        throw new UnsupportedOperationException("not yet");
    }
}
