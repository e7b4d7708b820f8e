package dev.normforge.cli;

import dev.normforge.graph.Formula;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import java.util.List;
import java.util.concurrent.Callable;
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

    /** A line of the list. */
    record Named(String name, String formula) {
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var layers = all();
        if (json) {
            out.println(Json.pretty(layers));
            return 0;
        }
        int width = layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(0);
        for (var layer : layers) {
            out.println(("%-" + width + "s  %s").formatted(layer.name(), layer.formula()));
        }
        return 0;
    }

    static List<Named> all() {
        var simplifier = new Simplifier(Numerics.DEFAULT);
        return NamedLayers.names().stream()
                .map(name -> new Named(name,
                        Formula.of(simplifier.simplify(NamedLayers.find(name).orElseThrow()))))
                .toList();
    }
}
