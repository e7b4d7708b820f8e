package dev.normforge.cli;

import dev.normforge.cli.RunningService.Place;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
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

    @Option(names = "--address", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Where to listen (default ${DEFAULT-VALUE}); others than this machine's own want --secret-file, or an OpenID Connect issuer in NORMFORGE_WEB_OIDC_ISSUER.")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(names = "--secret-file", paramLabel = "FILE", description = "Its first line logs operators in, on pages and as a key of REST; 16 characters at least (or NORMFORGE_WEB_SECRET).")
    private @Nullable Path secretFile;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        int workers = options.workers(0);
        var place = new Place(options.home(), RunningService.database(database), options.port(address), workers,
                RunningService.Role.SERVE);
        var access = new LinkedHashMap<String, String>();
        access.put("server.address", address.getHostAddress());
        if (secretFile != null) {
            access.put("normforge.web.secret-file", secretFile.toString());
        }
        var stop = StopRequest.ofTheProcess();
        try (var service = RunningService.start(place, access)) {
            var out = spec.commandLine().getOut();
            out.println("NormForge: %s (REST: %sapi/v1), %d workers; stop it with Ctrl-C".formatted(service.link("/"),
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
