package dev.normforge.cli;

import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.SlotLayer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * LAYER on a command line where it must be a graph: the name of a published one, or a layer file.
 *
 * @param name what was given
 */
record LayerArgument(String name, Layer layer) {

    /**
     * A name wins over a file of the same name; {@code ./name} means the file.
     *
     * @throws UserError if it is neither, or the file is not a layer
     */
    static LayerArgument of(String given) {
        var named = NamedLayers.find(given);
        if (named.isPresent()) {
            return new LayerArgument(given, new Layer(named.get(), Numerics.DEFAULT));
        }
        return new LayerArgument(given, read(given));
    }

    /**
     * Likewise, for what is made from a graph alone.
     *
     * @throws UserError also where it names a layer that is written by hand
     */
    static LayerArgument ofGraph(String given) {
        if (NativeLayer.find(given).isPresent()) {
            throw new UserError("layer is %s, which is written by hand, expected a graph: a layer file or one of %s"
                    .formatted(given, String.join(", ", NamedLayers.names())));
        }
        return of(given);
    }

    private static Layer read(String given) {
        try {
            var file = Path.of(given);
            if (!Files.exists(file)) {
                throw new UserError("layer is %s, expected a layer file or one of %s".formatted(given,
                        String.join(", ", SlotLayer.names())));
            }
            if (!Files.isRegularFile(file)) {
                throw new UserError("layer is %s, expected a file, not a folder or a device".formatted(given));
            }
            return GraphJson.read(file);
        } catch (InvalidPathException e) {
            throw new UserError("layer is %s, expected a layer file or a name".formatted(given), e);
        } catch (IllegalArgumentException e) {
            throw new UserError(NormForge.oneLine(e), e);
        }
    }
}
