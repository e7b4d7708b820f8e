package dev.normforge.cli;

import dev.normforge.cli.RunningService.Place;
import dev.normforge.report.Report;
import dev.normforge.report.ReportFiles;
import dev.normforge.search.NameTakenException;
import dev.normforge.search.SearchSummary;
import dev.normforge.search.Searches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searches}. */
@Command(name = "searches", description = "Runs the same search with several seeds, one after the other, and compares "
        + "the best layers with BN-ReLU. The same command again goes on where it stopped.", mixinStandardHelpOptions = true, sortOptions = false)
final class SearchesCommand implements Callable<Integer> {

    @Mixin
    private final SearchOptions options = new SearchOptions();

    @Option(names = "--seeds", paramLabel = "S", split = ",", required = true, description = "Seeds, as 1,2,3,4,5.")
    private List<Long> seeds = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NAME", description = "What to call the study (default: the preset).")
    private @Nullable String name;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default normforge-out).")
    private Path out = Path.of("normforge-out");

    @Mixin
    private final ServiceOptions place = new ServiceOptions();

    @Option(names = "--json", description = "Print the table as JSON; progress goes to standard error.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkUsage();
        var request = options.request(null);
        var here = new Place(place.home(), RunningService.database(null), place.port(), place.workers(1),
                RunningService.Role.SEARCH);
        checkOut();
        var screen = Screen.of(json ? System.err : System.out);
        var choice = DataSet.choose(request, WorkerProgram.locate());
        screen.say(choice.note());
        var stop = StopRequest.ofTheProcess();
        var study = name == null ? options.label(choice.spec()) : name;
        try (var service = RunningService.start(here)) {
            var reports = new ArrayList<Report>();
            for (var seed : seeds) {
                var report = one(service, screen, stop, study, choice, seed);
                if (report.isEmpty()) {
                    screen.say("stopping; nothing is lost. The same command goes on where this one stopped.");
                    return stop.exitCode();
                }
                reports.add(report.get());
                write(report.get());
            }
            var table = StudyTable.of(study, reports);
            var printer = spec.commandLine().getOut();
            if (json) {
                printer.println(Json.pretty(table));
            } else {
                table.lines().forEach(printer::println);
            }
            return 0;
        }
    }

    private void checkUsage() {
        if (name != null && !name.matches("[A-Za-z0-9._-]{1,80}")) {
            throw new ParameterException(spec.commandLine(),
                    "--name is %s, expected 1 to 80 letters, digits, dots, underscores and dashes".formatted(name));
        }
        if (seeds.stream().distinct().count() != seeds.size()) {
            throw new ParameterException(spec.commandLine(), "--seeds is %s, expected distinct seeds".formatted(seeds));
        }
    }

    private void checkOut() {
        try {
            ReportFiles.check(out);
        } catch (IOException e) {
            throw OutputOptions.refusal(e);
        }
    }

    private static Optional<Report> one(RunningService service, Screen screen, StopRequest stop, String study,
            DataSet.Choice choice, long seed) {
        var searches = service.get(Searches.class);
        var search = SearchNames.ofThisProgram(created(searches, study, choice, seed));
        new SearchNames(searches).runAlone(search);
        screen.say("search %s, seed %d, data %s: %s".formatted(search.name(), seed, FinalText.data(search.data()),
                service.link("/search.html?name=" + search.name())));
        var report = new SearchRun(service, screen, stop, "the same command").watch(search);
        report.ifPresent(done -> screen.say("search %s: %s".formatted(search.name(), done.sentence())));
        return report;
    }

    /** Creates the search, or finds it as an earlier run of this command left it. */
    private static SearchSummary created(Searches searches, String study, DataSet.Choice choice, long seed) {
        try {
            return searches.get(
                    searches.create("%s-seed%d".formatted(study, seed), choice.spec().withSeed(seed), study, null)
                            .id());
        } catch (NameTakenException e) {
            throw new UserError("study %s was begun with other options: %s; name another --name or --home".formatted(
                    study, NormForge.oneLine(e)), e);
        }
    }

    private void write(Report report) {
        try {
            ReportFiles.write(report, out.resolve(report.search()));
        } catch (IOException e) {
            throw OutputOptions.refusal(e);
        }
    }
}
