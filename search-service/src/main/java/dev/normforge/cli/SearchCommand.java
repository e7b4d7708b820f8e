package dev.normforge.cli;

import dev.normforge.protocol.SearchSpec;
import dev.normforge.report.Report;
import dev.normforge.report.ReportFiles;
import dev.normforge.search.SearchSummary;
import dev.normforge.search.Searches;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code search}. */
@Command(name = "search", description = "Runs one search: calibration, evolution, confirmation, report.", mixinStandardHelpOptions = true, sortOptions = false)
final class SearchCommand implements Callable<Integer> {

    private static final double LEAST_MINUTES = 0.05;
    private static final double MILLIS_PER_MINUTE = 60_000;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    @Mixin
    private final SearchOptions options = new SearchOptions();

    @Option(names = "--seed", paramLabel = "S", description = "Seed of every draw (default: the preset's).")
    private @Nullable Long seed;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call it (default: preset and seed, with a number where that is taken).")
    private @Nullable String name;

    @Option(names = "--resume", description = "Goes on with the search of this name, or with the youngest that is not finished.")
    private boolean resume;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ServiceOptions place = new ServiceOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkName();
        var request = options.request(seed);
        int workers = place.workers(1);
        int port = place.port();
        var home = place.home();
        checkOut(output.known());
        var screen = output.screen();
        var stop = StopRequest.ofTheProcess();
        screen.say("preparing: database, %d workers, data".formatted(workers));
        var worker = WorkerProgram.locate();
        var data = CompletableFuture.supplyAsync(() -> resume ? null : DataSet.choose(request, worker));
        try (var service = RunningService
                .start(new RunningService.Place(home, RunningService.database(null), port, workers,
                        RunningService.Role.SEARCH))) {
            while (!data.isDone()) {
                if (stop.within(BETWEEN_LOOKS)) {
                    screen.say("stopped before the search began");
                    return stop.exitCode();
                }
            }
            var search = resume ? resumed(service) : created(service, await(data), screen);
            if (RunningService.database(null).isEmpty()) {
                new SearchNames(service.get(Searches.class)).runAlone(search)
                        .forEach(other -> screen.say("%s of this home waits, paused".formatted(other)));
            }
            screen.say("search %s, seed %d, data %s: %s".formatted(search.name(), search.seed(),
                    FinalText.data(search.data()), service.link("/search.html?name=" + search.name())));
            var goOn = "normforge search --resume --name %s --home %s".formatted(search.name(), home);
            var report = new SearchRun(service, screen, stop, goOn).watch(search);
            if (report.isEmpty()) {
                screen.say("stopping %s; nothing is lost. Go on with: %s".formatted(search.name(), goOn));
                return stop.exitCode();
            }
            return finish(report.get(), home);
        }
    }

    private void checkName() {
        if (name != null && !name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new ParameterException(spec.commandLine(),
                    "--name is %s, expected 1 to 100 letters, digits, dots, underscores and dashes".formatted(name));
        }
    }

    private static void checkOut(Path folder) {
        try {
            ReportFiles.check(folder);
        } catch (IOException e) {
            throw OutputOptions.refusal(e);
        }
    }

    private static DataSet.Choice await(CompletableFuture<DataSet.@Nullable Choice> data) {
        try {
            var choice = data.join();
            if (choice == null) {
                throw new IllegalStateException("no data were chosen");
            }
            return choice;
        } catch (CompletionException e) {
            throw e.getCause() instanceof UserError known ? known : e;
        }
    }

    private SearchSummary resumed(RunningService service) {
        var searches = service.get(Searches.class);
        var search = SearchNames.ofThisProgram(new SearchNames(searches).toResume(name));
        options.refuseChanges(search.name(), searches.spec(search.id()), seed,
                wanted -> searches.difference(search.id(), wanted));
        return search;
    }

    private SearchSummary created(RunningService service, DataSet.Choice choice, Screen screen) {
        screen.say(choice.note());
        var searches = service.get(Searches.class);
        var wanted = name != null
                ? name
                : searches.freeName(options.label(choice.spec()) + "-seed" + choice.spec().seed());
        if (searches.taken(wanted)) {
            throw new UserError("--name is %s, expected a new name, or --resume to go on with it".formatted(wanted));
        }
        return searches.get(searches
                .create(wanted, choice.spec(), null, null, spent(choice.spec(), NormForge.millisSinceStart())).id());
    }

    /** The minutes are those of the whole command: what the preparations took is gone, but for a moment to begin in. */
    static Duration spent(SearchSpec spec, long millisSinceStart) {
        var minutes = spec.budget().minutes();
        return Duration.ofMillis(minutes == null
                ? 0
                : Math.clamp(Math.round((minutes - LEAST_MINUTES) * MILLIS_PER_MINUTE), 0, millisSinceStart));
    }

    private int finish(Report report, Path home) {
        var folder = output.folder(report.search());
        var printer = spec.commandLine().getOut();
        try {
            var files = ReportFiles.write(report, folder);
            if (output.json()) {
                printer.println(report.json());
            } else {
                FinalText.of(report).forEach(printer::println);
                printer.println();
                printer.println("%d files in %s; the page again: normforge serve --home %s".formatted(files.size(),
                        folder, home));
                printer.println(report.sentence());
            }
        } catch (IOException e) {
            throw OutputOptions.refusal(e,
                    "; the report is kept, and written again by: normforge search --resume --name %s --home %s --out DIR"
                            .formatted(report.search(), home));
        }
        return report.ending().equals("FAILED") || report.ending().equals("CANCELLED") ? 1 : 0;
    }
}
