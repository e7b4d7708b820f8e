package dev.normforge.cli;

import dev.normforge.protocol.NativeLayer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code show}. */
@Command(name = "show", description = "Shows what a layer computes: formula, phenotype, index sets and cost; of a native one formula, source and parameters.", mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "LAYER", description = "A layer file, or a name that 'layers' lists.")
    private String layer = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(NativeLayer.find(layer).map(this::written).orElseGet(this::graph));
        return 0;
    }

    private String written(NativeLayer found) {
        var description = NativeDescription.of(found);
        return json ? Json.pretty(description) : description.text();
    }

    private String graph() {
        var description = LayerDescription.of(LayerArgument.of(layer));
        return json ? Json.pretty(description) : description.text();
    }
}
