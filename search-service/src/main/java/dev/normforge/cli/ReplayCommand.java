package dev.normforge.cli;

import dev.normforge.cli.RunningService.Place;
import dev.normforge.cli.RunningService.Role;
import dev.normforge.search.Replays;
import dev.normforge.search.Searches;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}. */
@Command(name = "replay", description = "Recomputes every proposal of a search from its seed and arrivals; they must agree exactly.", mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SEARCH", description = "A search's name or id.")
    private String search = "";

    @Option(names = "--home", paramLabel = "DIR", description = "Where the database is (default NORMFORGE_HOME, else ~/.normforge).")
    private @Nullable Path home;

    @Option(names = "--database", paramLabel = "URL", description = "JDBC URL of a PostgreSQL to use instead of an "
            + "embedded one (default SPRING_DATASOURCE_URL).")
    private @Nullable String database;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** The answer. */
    record Replayed(String search, int births, boolean exact, List<String> differences) {

        String text() {
            return exact
                    ? "%s: %d proposals recomputed, all exactly as stored".formatted(search, births)
                    : "%s: %d proposals recomputed, expected no difference%n  %s".formatted(search, births,
                            String.join(System.lineSeparator() + "  ", differences));
        }
    }

    @Override
    public Integer call() {
        var place = new Place(Home.resolve(home), RunningService.database(database), 0, 0, Role.LOOK);
        try (var service = RunningService.start(place)) {
            var found = new SearchNames(service.get(Searches.class)).named(search);
            var agreement = service.get(Replays.class).replay(found.id());
            var replayed = new Replayed(found.name(), agreement.births(), agreement.exact(), agreement.differences());
            String result = json ? Json.pretty(replayed) : replayed.text();
            spec.commandLine().getOut().println(result);
            return agreement.exact() ? 0 : 1;
        } catch (IllegalStateException e) {
            throw new UserError(NormForge.oneLine(e), e);
        }
    }
}
