package dev.normforge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code show}. */
@Command(name = "show", description = "Shows what a layer computes: formula, phenotype, index sets and cost.", mixinStandardHelpOptions = true)
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
        var description = LayerDescription.of(LayerArgument.of(layer));
        String result = json ? Json.pretty(description) : description.text();
        spec.commandLine().getOut().println(result);
        return 0;
    }
}
