package dev.normforge.graph;

import java.nio.file.Path;

/** Canonical JSON of a layer ({@code normforge.layer/1}), strict in what it reads; its JSON Schema stands beside the presets. */
public final class GraphJson {

    private GraphJson() {
    }

    /** @throws IllegalArgumentException in one line: the field, the value and what was expected */
    public static Layer read(String json) {
        throw new UnsupportedOperationException("not yet " + json.length());
    }

    /**
     * Reads a layer file; its size is checked before anything is read.
     *
     * @throws IllegalArgumentException in one line: the file or field, the value and what was expected
     */
    public static Layer read(Path file) {
        throw new UnsupportedOperationException("not yet " + file);
    }

    public static String write(Layer layer) {
        throw new UnsupportedOperationException("not yet " + layer);
    }
}
