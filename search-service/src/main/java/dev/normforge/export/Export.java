package dev.normforge.export;

import dev.normforge.graph.Layer;

/**
 * A layer that is taken home.
 *
 * @param name of its class
 * @param channels of a format that fixes them
 */
public record Export(ModuleName name, Layer layer, int channels) {

    /** As most networks have them somewhere. */
    public static final int CHANNELS = 64;
    private static final int MOST_CHANNELS = 65_536;

    /** @throws IllegalArgumentException in one line: the field, the value and what was expected */
    public Export {
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("channels is %d, expected 1 to %d".formatted(channels, MOST_CHANNELS));
        }
    }
}
