package dev.normforge;

import dev.normforge.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A fresh database with all tables for each test: on Testcontainers where Docker is, else on the embedded PostgreSQL. Register
 * with {@code @RegisterExtension}.
 */
public final class TestDatabase implements BeforeEachCallback, AfterEachCallback {

    private static final String TEMPLATE = "normforge_template";

    private final List<AutoCloseable> resources = new ArrayList<>();
    private String name = "";

    /** The server that all tests of this JVM share. */
    private static final class Server {
        static final String URL = start();

        private static String start() {
            var url = dockerIsHere() ? container() : embedded();
            var admin = new JdbcTemplate(source(url));
            admin.execute("drop database if exists " + TEMPLATE + " with (force)");
            admin.execute("create database " + TEMPLATE);
            Flyway.configure().dataSource(source(named(url, TEMPLATE))).load().migrate();
            return url;
        }

        private static boolean dockerIsHere() {
            return System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        }

        @SuppressWarnings("resource") // lives as long as the tests; Testcontainers removes it
        private static String container() {
            var container = new PostgreSQLContainer("postgres:17");
            container.start();
            return container.getJdbcUrl() + "&user=" + container.getUsername() + "&password=" + container.getPassword();
        }

        private static String embedded() {
            var postgres = EmbeddedPostgres.in(Path.of("target", "postgres"), "test");
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            return postgres.url();
        }
    }

    private static String named(String url, String database) {
        return url.replaceFirst("(//[^/]+/)[^?]*", "$1" + database);
    }

    private static DataSource source(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        name = "t_" + UUID.randomUUID().toString().replace("-", "");
        var admin = new JdbcTemplate(source(Server.URL));
        admin.execute("create database %s template %s".formatted(name, TEMPLATE));
        admin.execute("alter database %s set synchronous_commit = off".formatted(name));
    }

    /** Closed before the database goes. */
    public <T extends AutoCloseable> T closing(T resource) {
        resources.add(resource);
        return resource;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (var resource : resources.reversed()) {
            resource.close();
        }
        resources.clear();
        new JdbcTemplate(source(Server.URL)).execute("drop database %s with (force)".formatted(name));
    }

    /** Of this test's own database. */
    public String url() {
        return named(Server.URL, name);
    }

    /** Opens a connection whenever it is asked for one. */
    public DataSource dataSource() {
        return source(url());
    }
}
