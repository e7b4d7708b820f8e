package dev.normforge.cli;

import dev.normforge.cli.RunningService.Place;
import dev.normforge.protocol.NamedComparisons;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code compare}. */
@Command(name = "compare", description = "Trains a grid of layers, conditions and seeds, and reports it as tables, data and "
        + "plots. The same command again goes on where it stopped, until it has ended.", mixinStandardHelpOptions = true, sortOptions = false)
final class CompareCommand implements Callable<Integer> {

    @Mixin
    private final CompareOptions options = new CompareOptions();

    @Option(names = "--list", description = "Lists the comparisons that come with the program, and what is published of them.")
    private boolean list;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it (default: follows from what is compared).")
    private @Nullable String name;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ServiceOptions place = new ServiceOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        var printer = spec.commandLine().getOut();
        if (list) {
            NamedComparisons.names().forEach(one -> {
                printer.println(one);
                var expected = NamedComparisons.read(one).expectations();
                expected.forEach(finding -> printer.println("    " + finding.published()));
                if (expected.isEmpty()) {
                    printer.println("    (tables and charts, no published finding to test)");
                }
            });
            return 0;
        }
        if (name != null && !name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new ParameterException(spec.commandLine(),
                    "--name is %s, expected 1 to 100 letters, digits, dots, underscores and dashes".formatted(
                            name.isEmpty() ? "empty" : name));
        }
        var wanted = options.spec();
        var plan = ComparisonRun.planned(spec, wanted);
        var here = new Place(place.home(), RunningService.database(null), place.port(), place.workers(1),
                RunningService.Role.SEARCH);
        ComparisonRun.check(output.known());
        var screen = output.screen();
        var images = DataSet.images(wanted.proxy().data(), options.dataRequired(), WorkerProgram.locate());
        screen.say(images.note());
        screen.say("%s, %s with %s each".formatted(Progress.counted(plan.cells().size(), "cell"),
                Progress.counted(plan.trainings().size(), "training"), Progress.counted(wanted.seeds(), "seed")));
        if (options.dropsFindings(wanted)) {
            screen.say("with other layers, anchors or conditions than its own, published findings are not looked for");
        }
        var chosen = wanted.withProxy(wanted.proxy().withData(images.spec()));
        var called = name == null ? ComparisonRun.name(chosen) : name;
        var stop = StopRequest.ofTheProcess();
        try (var service = RunningService.start(here)) {
            var result = new ComparisonRun(service, screen, stop).run(called, chosen);
            if (result.isEmpty()) {
                return stop.exitCode();
            }
            ComparisonRun.print(result.get(), output.folder(called), output.json(), printer);
            return 0;
        }
    }
}
