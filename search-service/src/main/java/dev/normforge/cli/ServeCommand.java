package dev.normforge.cli;

import dev.normforge.cli.RunningService.Place;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}. */
@Command(name = "serve", description = "Runs the service until it is stopped: REST, page, coordinator and workers.", mixinStandardHelpOptions = true, sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    private static final Duration LONG = Duration.ofDays(1);

    @Mixin
    private final ServiceOptions options = new ServiceOptions();

    @Option(names = "--database", paramLabel = "URL", description = "JDBC URL of a PostgreSQL to use instead of an "
            + "embedded one (default SPRING_DATASOURCE_URL).")
    private @Nullable String database;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        int workers = options.workers(0);
        var place = new Place(options.home(), RunningService.database(database), options.port(), workers,
                RunningService.Role.SERVE);
        var stop = StopRequest.ofTheProcess();
        try (var service = RunningService.start(place)) {
            var out = spec.commandLine().getOut();
            out.println("NormForge: %s (REST: %sapi/v1), %d workers; stop it with Ctrl-C".formatted(service.address(),
                    service.address(), workers));
            boolean stopped = false;
            while (!stopped) {
                stopped = stop.within(LONG);
            }
            out.println("stopping; nothing is lost: searches go on at the next start");
        }
        return 0;
    }
}
