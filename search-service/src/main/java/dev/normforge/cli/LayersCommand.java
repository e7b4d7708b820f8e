package dev.normforge.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.normforge.graph.Formula;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.NativeLayer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code layers}. */
@Command(name = "layers", description = "Lists the published layers that have a name here, with their formulas.", mixinStandardHelpOptions = true)
final class LayersCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /**
     * A line of the list.
     *
     * @param kind {@code graph} or {@code native}
     * @param source where a native layer was published
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Named(String name, String kind, String formula, @Nullable String source) {
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var graphs = graphs();
        var written = written();
        if (json) {
            out.println(Json.pretty(Stream.concat(graphs.stream(), written.stream()).toList()));
            return 0;
        }
        int width = Stream.concat(graphs.stream(), written.stream()).mapToInt(layer -> layer.name().length()).max()
                .orElse(0);
        graphs.forEach(layer -> out.println(line(layer, width)));
        out.println();
        out.println("native, written by hand: for evaluate and comparisons, not for searches");
        written.forEach(layer -> out.println(line(layer, width)));
        return 0;
    }

    private static String line(Named layer, int width) {
        return ("%-" + width + "s  %s").formatted(layer.name(), layer.formula());
    }

    private static List<Named> graphs() {
        var simplifier = new Simplifier(Numerics.DEFAULT);
        return NamedLayers.names().stream()
                .map(name -> new Named(name, "graph",
                        Formula.of(simplifier.simplify(NamedLayers.find(name).orElseThrow())), null))
                .toList();
    }

    private static List<Named> written() {
        return Arrays.stream(NativeLayer.values())
                .map(layer -> new Named(layer.label(), "native", layer.formula(), layer.source())).toList();
    }
}
