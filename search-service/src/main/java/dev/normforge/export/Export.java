package dev.normforge.export;

import dev.normforge.graph.Formula;
import dev.normforge.graph.Layer;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Simplifier;

/**
 * A layer that is taken home.
 *
 * @param name of its class
 * @param channels of a format that fixes them
 */
public record Export(ModuleName name, Layer layer, int channels, Provenance provenance) {

    /** As many networks have somewhere. */
    public static final int CHANNELS = 64;
    private static final int MOST_CHANNELS = 65_536;

    /** @throws IllegalArgumentException in one line: the field, the value and what was expected */
    public Export {
        checkChannels(channels);
    }

    /** Of a layer about which nothing is known. */
    public Export(ModuleName name, Layer layer, int channels) {
        this(name, layer, channels, new Provenance.Unknown());
    }

    /** @throws IllegalArgumentException in one line: the field, the value and what was expected */
    public static void checkChannels(int channels) {
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("channels is %d, expected 1 to %d".formatted(channels, MOST_CHANNELS));
        }
    }

    Phenotype phenotype() {
        return new Simplifier(layer.numerics()).simplify(layer.graph());
    }

    String formula() {
        return Formula.of(phenotype());
    }
}
