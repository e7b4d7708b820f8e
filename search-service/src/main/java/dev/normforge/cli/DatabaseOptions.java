package dev.normforge.cli;

import dev.normforge.cli.RunningService.Place;
import dev.normforge.cli.RunningService.Role;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command works on, as options. */
final class DatabaseOptions {

    @Option(names = "--home", paramLabel = "DIR", description = "Where the database is (default NORMFORGE_HOME, else ~/.normforge).")
    private @Nullable Path home;

    @Option(names = "--database", paramLabel = "URL", description = "JDBC URL of a PostgreSQL to use instead of an "
            + "embedded one (default SPRING_DATASOURCE_URL).")
    private @Nullable String database;

    Path home() {
        return Home.resolve(home);
    }

    /** A service on it that advances nothing. */
    RunningService look() {
        return RunningService.start(new Place(home(), RunningService.database(database), 0, 0, Role.LOOK));
    }
}
