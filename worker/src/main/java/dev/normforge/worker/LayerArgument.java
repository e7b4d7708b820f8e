package dev.normforge.worker;

import dev.normforge.graph.Formula;
import dev.normforge.graph.GraphJson;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.SlotLayer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * LAYER on a command line: the name of a layer that comes with the program, a graph or a native one, which takes the proxy's
 * numerics, or a layer file with its own.
 */
record LayerArgument(SlotLayer layer, Numerics numerics) {

    /** @throws UserError if it is neither, or the file is not a layer */
    static LayerArgument read(String given, Numerics proxys) {
        var named = SlotLayer.named(given);
        if (named.isPresent()) {
            return new LayerArgument(named.get(), proxys);
        }
        try {
            var file = Path.of(given);
            if (!Files.isRegularFile(file)) {
                throw new UserError("LAYER is %s, expected a layer file or one of %s".formatted(given,
                        String.join(", ", SlotLayer.names())));
            }
            var layer = GraphJson.read(file);
            return new LayerArgument(new SlotLayer.Graph(layer.graph()), layer.numerics());
        } catch (InvalidPathException notAPath) {
            throw new UserError("LAYER is %s, expected a layer file or a name".formatted(given), notAPath);
        } catch (IllegalArgumentException refused) {
            throw new UserError("%s: %s".formatted(given, UserError.oneLine(refused)), refused);
        }
    }

    /** What it computes, for people. */
    String formula() {
        return switch (layer) {
            case SlotLayer.Graph(var graph) -> Formula.of(new Simplifier(numerics).simplify(graph));
            case SlotLayer.Native(var written) -> written.formula();
        };
    }
}
