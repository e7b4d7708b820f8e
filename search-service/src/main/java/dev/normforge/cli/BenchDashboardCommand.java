package dev.normforge.cli;

import dev.normforge.access.AccessKeys;
import dev.normforge.access.LoginLinks;
import dev.normforge.access.Role;
import dev.normforge.cli.RunningService.Place;
import dev.normforge.search.Searches;
import dev.normforge.simulation.DashboardBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench dashboard}. */
@Command(name = "dashboard", description = "How fast REST answers beside a search of many candidates while another one runs; what a training measures is drawn.", mixinStandardHelpOptions = true)
final class BenchDashboardCommand implements Callable<Integer> {

    private static final int MOST = 10_000_000;

    @Option(names = "--candidates", paramLabel = "N", defaultValue = "100000", description = "Proposals of the large search (default ${DEFAULT-VALUE}).")
    private int candidates;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of the searches (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--home", paramLabel = "DIR", description = "Keeps the database, so that 'serve' can show it (default: a temporary one, deleted afterwards).")
    private @Nullable Path home;

    @Option(names = "--json", description = "Print JSON; progress goes to standard error.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (candidates < 1 || candidates > MOST) {
            throw new ParameterException(spec.commandLine(),
                    "--candidates is %d, expected 1 to %d".formatted(candidates, MOST));
        }
        var place = home == null ? Files.createTempDirectory("normforge-bench") : Home.resolve(home);
        try (var service = RunningService.start(new Place(place, Optional.empty(), 0, 0, RunningService.Role.SERVE))) {
            var searches = service.get(Searches.class);
            var name = searches.freeName("simulated");
            var err = spec.commandLine().getErr();
            err.println("its page: " + LoginCommand.link(service.address(),
                    service.get(LoginLinks.class).create(Role.VIEWER), "/search.html?name=" + name));
            var keys = service.get(AccessKeys.class);
            var keyName = "bench-" + UUID.randomUUID();
            var key = keys.create(keyName, Role.VIEWER);
            var measured = new DashboardBench(service.get(DataSource.class), searches, service.address(), key).measure(
                    name, candidates, seed,
                    births -> err.println("%s: %,d of %,d proposals".formatted(name, births, candidates)));
            keys.revoke(keyName);
            String result = json ? Json.pretty(measured) : text(measured);
            spec.commandLine().getOut().println(result);
        } finally {
            if (home == null) {
                delete(place);
            }
        }
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String text(DashboardBench.Measured measured) {
        var text = new StringBuilder(String.format(Locale.ROOT,
                "%,d candidates, %,d of them arrived, made in %.0f s; another search %s meanwhile%n%n%-72s %8s %8s %8s %10s",
                measured.candidates(), measured.arrivals(), measured.seconds(),
                measured.running() ? "ran" : "DID NOT RUN", "milliseconds", "median", "95 %", "most", "bytes"));
        for (var answer : measured.answers()) {
            text.append(String.format(Locale.ROOT, "%n%-72s %8.1f %8.1f %8.1f %,10d", answer.request(),
                    answer.median(), answer.p95(), answer.most(), answer.bytes()));
        }
        return text.toString();
    }
}
