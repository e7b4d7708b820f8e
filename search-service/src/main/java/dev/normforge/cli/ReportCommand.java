package dev.normforge.cli;

import dev.normforge.cli.RunningService.Place;
import dev.normforge.comparison.TransferComparison;
import dev.normforge.comparison.score.Transfer;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.ComparisonSpec.ComparedLayer;
import dev.normforge.protocol.TransferAnchors;
import dev.normforge.report.Report;
import dev.normforge.report.ReportFiles;
import dev.normforge.report.Reports;
import dev.normforge.search.Searches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}. */
@Command(name = "report", description = "Writes a finished search's report again; with --transfer trains its confirmed layers "
        + "on networks that no search trains on. The same command again goes on where it stopped.", mixinStandardHelpOptions = true, sortOptions = false)
final class ReportCommand implements Callable<Integer> {

    /** No search has seeds like this: its confirmation's are drawn from all 64 bits. */
    private static final long FIRST_SEED = 1;
    private static final int MOST_SEEDS = 100;
    private static final String LAYERS = "--layers";
    private static final String ANCHORS = "--anchors";
    private static final String SEEDS = "--seeds";

    @Parameters(paramLabel = "SEARCH", description = "A finished search's name or id.")
    private String search = "";

    @Option(names = "--transfer", description = "Train the best confirmed layers beside references on vgg, densenet, "
            + "resnet-deep and two U-Nets, and count test images: does the find transfer?")
    private boolean transfer;

    @Option(names = LAYERS, paramLabel = "N", defaultValue = "1", description = "How many confirmed layers (default ${DEFAULT-VALUE}).")
    private int layers;

    @Option(names = ANCHORS, paramLabel = "A", split = ",", description = "Only these networks.")
    private List<String> anchors = TransferAnchors.names();

    @Option(names = SEEDS, paramLabel = "N", defaultValue = "3", description = "Seeds of each (default ${DEFAULT-VALUE}).")
    private int seeds;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ServiceOptions place = new ServiceOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (var option : List.of(LAYERS, ANCHORS, SEEDS)) {
            if (!transfer && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(), option + " is given, expected --transfer with it");
            }
        }
        if (layers < 1) {
            throw new ParameterException(spec.commandLine(),
                    "--layers is %d, expected at least 1".formatted(layers));
        }
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new ParameterException(spec.commandLine(),
                    "--seeds is %d, expected 1 to %d".formatted(seeds, MOST_SEEDS));
        }
        var chosen = chosenAnchors();
        var database = RunningService.database(null);
        if (database.isEmpty() && Files.notExists(place.home())) {
            throw new UserError("SEARCH is %s, expected one of a home: --home is %s, which has no searches".formatted(
                    search, place.home()));
        }
        var screen = output.screen();
        var stop = StopRequest.ofTheProcess();
        var role = transfer ? RunningService.Role.SEARCH : RunningService.Role.LOOK;
        var here = new Place(place.home(), database, transfer ? place.port() : 0,
                transfer ? place.workers(1) : 0, role);
        try (var service = RunningService.start(here)) {
            var searches = service.get(Searches.class);
            var found = new SearchNames(searches).named(search);
            var report = service.get(Reports.class).find(found.id().value()).orElseThrow(() -> new UserError(
                    "SEARCH is %s, expected one that has finished with a report".formatted(search)));
            var folder = output.folder(found.name());
            write(report, folder);
            if (!transfer) {
                print(report, folder);
                return 0;
            }
            var confirmed = confirmed(report);
            if (confirmed.size() < layers) {
                screen.say("%s confirmed, fewer than --layers %d".formatted(
                        Progress.counted(confirmed.size(), "layer"), layers));
            }
            var wanted = TransferComparison.of(confirmed, searches.spec(found.id()), chosen, seeds, FIRST_SEED);
            ComparisonRun.planned(spec, wanted);
            var called = ComparisonRun.name(wanted); // another transfer of this search has another
            ComparisonRun.check(folder.resolve(called));
            var result = new ComparisonRun(service, screen, stop).run(found.name() + "-" + called, wanted);
            if (result.isEmpty()) {
                return stop.exitCode();
            }
            var printer = spec.commandLine().getOut();
            ComparisonRun.print(result.get(), folder.resolve(called), output.json(), printer);
            if (!output.json()) {
                Transfer.sentences(result.get()).forEach(printer::println);
            }
            return 0;
        }
    }

    private List<AnchorSpec> chosenAnchors() {
        try {
            return anchors.stream().map(TransferAnchors::read).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--anchors: " + NormForge.oneLine(e), e);
        }
    }

    /** The best by confirm scores. */
    private List<ComparedLayer.Graph> confirmed(Report report) {
        if (report.confirmed().isEmpty()) {
            throw new UserError("SEARCH is %s, expected one with a confirmed layer".formatted(search));
        }
        return report.confirmed().stream().limit(layers)
                .map(entry -> new ComparedLayer.Graph(entry.layer(), entry.graph().graph(), entry.graph().numerics()))
                .toList();
    }

    private static void write(Report report, Path folder) {
        try {
            ReportFiles.write(report, folder);
        } catch (IOException e) {
            throw OutputOptions.refusal(e);
        }
    }

    private void print(Report report, Path folder) {
        var printer = spec.commandLine().getOut();
        if (output.json()) {
            printer.println(report.json());
            return;
        }
        FinalText.of(report).forEach(printer::println);
        printer.println();
        printer.println("the report is in %s".formatted(folder));
        printer.println(report.sentence());
    }
}
