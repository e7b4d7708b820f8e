package dev.normforge.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/**
 * The PostgreSQL that all tests of a JVM share: in a container where Docker is and has its image, else embedded. Which of the
 * two, and why, is printed once.
 */
public final class TestServer {

    /** Made and deleted beside; never a test's own. */
    private static final String ADMINISTRATION = "postgres";

    /** Ten seconds, as is usual, are too few where other builds keep the machine busy. */
    private static final Duration STARTUP = Duration.ofMinutes(2);

    private TestServer() {
    }

    private static final class Server {
        static final String URL = start();

        private static String start() {
            return switch (DockerPostgres.start()) {
                case DockerPostgres.Running running -> {
                    say("PostgreSQL in the container %s (%s)".formatted(running.container(), DockerPostgres.IMAGE));
                    yield running.url();
                }
                case DockerPostgres.Unavailable unavailable -> {
                    say("embedded PostgreSQL: " + unavailable.reason());
                    yield embedded();
                }
            };
        }

        private static void say(String where) {
            System.err.println("database tests run on " + where);
        }

        private static String embedded() {
            try {
                @SuppressWarnings("resource") // it stops itself when the JVM ends
                var postgres = EmbeddedPostgres.builder().setPGStartupWait(STARTUP).start();
                return "jdbc:postgresql://127.0.0.1:%d/%%s?user=postgres".formatted(postgres.getPort());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** A database with all tables of the migrations on the class path, to be copied. */
    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            var name = create("template1");
            Flyway.configure().dataSource(url(name), null, null).load().migrate();
            return name;
        }
    }

    /** A new database, empty. */
    public static String createEmpty() {
        return create("template1");
    }

    /** A new database with all tables. */
    public static String createMigrated() {
        return create(Template.NAME);
    }

    private static String create(String template) {
        var name = "t_" + UUID.randomUUID().toString().replace("-", "");
        execute("create database %s template %s".formatted(name, template));
        return name;
    }

    public static void drop(String database) {
        execute("drop database %s with (force)".formatted(database));
    }

    /** Runs a statement outside of the tests' databases. */
    public static void execute(String sql) {
        try (var connection = DriverManager.getConnection(url(ADMINISTRATION));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** JDBC URL with user and password. */
    public static String url(String database) {
        return Server.URL.formatted(database);
    }
}
