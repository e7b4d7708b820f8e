package dev.normforge.worker;

import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** LAYER on a command line: the name of a published layer, which takes the proxy's numerics, or a layer file with its own. */
final class LayerArgument {

    private LayerArgument() {
    }

    /** @throws UserError if it is neither, or the file is not a layer */
    static Layer read(String given, Numerics proxys) {
        var named = NamedLayers.find(given);
        if (named.isPresent()) {
            return new Layer(named.get(), proxys);
        }
        try {
            var file = Path.of(given);
            if (!Files.isRegularFile(file)) {
                throw new UserError("LAYER is %s, expected a layer file or one of %s".formatted(given,
                        String.join(", ", NamedLayers.names())));
            }
            return GraphJson.read(file);
        } catch (InvalidPathException notAPath) {
            throw new UserError("LAYER is %s, expected a layer file or a name".formatted(given), notAPath);
        } catch (IllegalArgumentException refused) {
            throw new UserError("%s: %s".formatted(given, UserError.oneLine(refused)), refused);
        }
    }
}
