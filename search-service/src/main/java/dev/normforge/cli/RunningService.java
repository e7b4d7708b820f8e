package dev.normforge.cli;

import static dev.normforge.access.Role.OPERATOR;

import ch.qos.logback.classic.LoggerContext;
import dev.normforge.SearchService;
import dev.normforge.access.LoginLinks;
import dev.normforge.embedded.EmbeddedPostgres;
import dev.normforge.embedded.EmbeddedPostgresException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service inside this process: coordinator, page, worker processes and, where none is named, PostgreSQL. */
final class RunningService implements AutoCloseable {

    private static final int SECONDS_TO_CONNECT = 5;
    private static final String LOCAL = "127.0.0.1";
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "0:0:0:0:0:0:0:0");

    private final ConfigurableApplicationContext context;
    private final @Nullable Home home;

    private RunningService(ConfigurableApplicationContext context, @Nullable Home home) {
        this.context = context;
        this.home = home;
    }

    /**
     * Where and how.
     *
     * @param database JDBC URL; empty for an embedded PostgreSQL in {@code home}
     * @param role what it is for
     */
    record Place(Path home, Optional<String> database, int port, int workers, Role role) {
    }

    /** {@code LOOK}: nothing advances. Warnings of {@code SERVE} are printed; all else is in the home's log. */
    enum Role {
        SEARCH, SERVE, LOOK
    }

    /** The database named by an option, or by the variable that Spring reads. */
    static Optional<String> database(@Nullable String option) {
        return Optional.ofNullable(option).or(() -> Optional.ofNullable(System.getenv("SPRING_DATASOURCE_URL")))
                .filter(url -> !url.isBlank());
    }

    /** @throws UserError if the home or the database cannot be used, or the service does not start */
    static RunningService start(Place place) {
        return start(place, Map.of());
    }

    /**
     * Starts with further properties of Spring's.
     *
     * @throws UserError likewise
     */
    static RunningService start(Place place, Map<String, String> further) {
        place.database().ifPresentOrElse(RunningService::checkAnswers, () -> {
            Home.writable("--home", place.home());
            lackOfRoom(place.home()).ifPresent(lack -> {
                throw new UserError(lack + ": make room, or name another --home");
            });
        });
        var home = held(place);
        try {
            var context = application().run(properties(place, further));
            keepLoggingTroubleQuiet();
            var service = new RunningService(context, home);
            if (place.role() != Role.LOOK) {
                LastAddress.write(place.home(), service.address());
            }
            return service;
        } catch (RuntimeException e) {
            if (home != null) {
                home.close();
            }
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof EmbeddedPostgresException known) {
                    throw new UserError("--" + NormForge.oneLine(known), e);
                }
            }
            throw new UserError(
                    "the service did not start: %s (log: %s)".formatted(NormForge.oneLine(NormForge.firstCause(e)),
                            log(place.home())),
                    e);
        }
    }

    /** On a full disk the log itself would print a stack trace for each line that it cannot write. */
    private static void keepLoggingTroubleQuiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            var status = logging.getStatusManager();
            status.getCopyOfStatusListenerList().forEach(status::remove);
        }
    }

    /** Says so before an embedded database would run into the end of its disk; nothing where the database is elsewhere. */
    Optional<String> lackOfRoom() {
        return home == null ? Optional.empty() : lackOfRoom(home.folder());
    }

    private static Optional<String> lackOfRoom(Path home) {
        try {
            long free = Files.getFileStore(home).getUsableSpace();
            return free >= EmbeddedPostgres.ROOM_TO_RUN
                    ? Optional.empty()
                    : Optional.of("--home is %s, expected a folder with %d MB of room for the database, %d MB are free"
                            .formatted(home, EmbeddedPostgres.ROOM_TO_RUN >> 20, free >> 20));
        } catch (IOException e) {
            return Optional.of("--home is %s, expected a folder that can be read: %s".formatted(home,
                    NormForge.oneLine(e)));
        }
    }

    private static @Nullable Home held(Place place) {
        if (place.database().isPresent()) {
            return null;
        }
        return switch (place.role()) {
            case SEARCH -> Home.hold(place.home(), Home.Hold.ALONE);
            case SERVE -> Home.hold(place.home(), Home.Hold.SHARED);
            case LOOK -> null;
        };
    }

    private static SpringApplication application() {
        var application = new SpringApplication(SearchService.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        return application;
    }

    /** As a command line of Spring's: known before logging starts, and above every other source. */
    private static String[] properties(Place place, Map<String, String> further) {
        var properties = new LinkedHashMap<String, Object>(further);
        properties.put("normforge.home", place.home());
        properties.put("normforge.workers", place.workers());
        properties.put("normforge.worker.jar", WorkerProgram.locate().jar());
        properties.put("normforge.ticker.enabled", place.role() != Role.LOOK);
        properties.put("server.port", place.port());
        properties.put("logging.file.name", log(place.home()));
        properties.put("logging.threshold.console", place.role() == Role.SERVE ? "WARN" : "OFF");
        place.database().ifPresent(url -> properties.put("spring.datasource.url", url));
        return properties.entrySet().stream().map(one -> "--%s=%s".formatted(one.getKey(), one.getValue()))
                .toArray(String[]::new);
    }

    private static Path log(Path home) {
        return home.resolve("log").resolve("normforge.log");
    }

    /** @throws UserError if no PostgreSQL answers there */
    static void checkAnswers(String url) {
        var shown = url.replaceAll("\\?.*", "");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new UserError("--database is %s, expected jdbc:postgresql://HOST:PORT/NAME?user=…".formatted(shown));
        }
        DriverManager.setLoginTimeout(SECONDS_TO_CONNECT);
        try (var connection = DriverManager.getConnection(url, System.getenv("SPRING_DATASOURCE_USERNAME"),
                System.getenv("SPRING_DATASOURCE_PASSWORD"))) {
            connection.isValid(SECONDS_TO_CONNECT);
        } catch (SQLException e) {
            var cause = NormForge.firstCause(e);
            throw new UserError("--database is %s, expected a PostgreSQL that answers: %s".formatted(shown,
                    cause instanceof UnknownHostException
                            ? "there is no host " + NormForge.oneLine(cause)
                            : NormForge.oneLine(e)),
                    e);
        }
    }

    <T> T get(Class<T> bean) {
        return context.getBean(bean);
    }

    /** What it says of itself while a search's display has the screen. */
    Path log() {
        return log(Path.of(context.getEnvironment().getRequiredProperty("normforge.home")));
    }

    /** Of the page: as this machine calls itself where the service listens at all its addresses. */
    String address() {
        var environment = context.getEnvironment();
        var listens = environment.getProperty("server.address", LOCAL);
        return "http://%s:%s/".formatted(
                EVERYWHERE.contains(listens) ? hostName() : listens.contains(":") ? "[" + listens + "]" : listens,
                environment.getProperty("local.server.port"));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return LOCAL;
        }
    }

    /** The address of a page for a person: on this machine a link that logs in, once, and leads there. */
    String link(String page) {
        var listens = context.getEnvironment().getProperty("server.address", LOCAL);
        return listens.equals(LOCAL)
                ? LoginCommand.link(address(), get(LoginLinks.class).create(OPERATOR), page)
                : address() + page.substring(1);
    }

    /** Stops the workers, the service and an embedded PostgreSQL. */
    @Override
    public void close() {
        context.close();
        if (home != null) {
            home.close();
        }
    }
}
