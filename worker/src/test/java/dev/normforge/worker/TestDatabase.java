package dev.normforge.worker;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A real PostgreSQL with the service's tables, empty: in a container where Docker is there, else embedded. */
public record TestDatabase(String url, DataSource dataSource) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final class Server {
        static final String URL = start();

        private static String start() {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                @SuppressWarnings("resource") // until the JVM ends
                var container = new PostgreSQLContainer("postgres:17");
                container.start();
                return "jdbc:postgresql://%s:%d/%%s?user=%s&password=%s".formatted(container.getHost(),
                        container.getMappedPort(5432), container.getUsername(), container.getPassword());
            }
            try {
                @SuppressWarnings("resource") // it stops itself when the JVM ends
                var embedded = EmbeddedPostgres.builder().start();
                return "jdbc:postgresql://localhost:%d/%%s?user=postgres".formatted(embedded.getPort());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            try {
                var template = copy("template1", "template_normforge");
                Flyway.configure().dataSource(template.dataSource()).load().migrate();
                return "template_normforge";
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** A database of its own. */
    public static TestDatabase create() throws SQLException {
        return copy(Template.NAME, "test" + COUNT.incrementAndGet());
    }

    private static TestDatabase copy(String from, String name) throws SQLException {
        at("postgres").execute("create database %s template %s".formatted(name, from));
        return at(name);
    }

    private static TestDatabase at(String name) {
        var url = Server.URL.formatted(name);
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        return new TestDatabase(url, dataSource);
    }

    /** Runs a statement. */
    public void execute(String sql, Object... values) throws SQLException {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.execute();
        }
    }

    /** The first column of the first row as text, {@code "none"} without a row, {@code "null"} for null. */
    public String text(String sql, Object... values) throws SQLException {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "none";
            }
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
