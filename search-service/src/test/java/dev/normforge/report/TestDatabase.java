package dev.normforge.report;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One PostgreSQL for all tests of this package, with the tables of the migrations; every search of a test is its own. */
final class TestDatabase {

    private static final JdbcClient JDBC = start();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private TestDatabase() {
    }

    static JdbcClient jdbc() {
        return JDBC;
    }

    static String freshName() {
        return "search-" + NAMES.incrementAndGet();
    }

    private static JdbcClient start() {
        try {
            @SuppressWarnings("resource") // lives as long as the tests do; stopped by its own shutdown hook
            var postgres = EmbeddedPostgres.start();
            var data = postgres.getPostgresDatabase();
            Flyway.configure().dataSource(data).locations("classpath:db/migration").load().migrate();
            return JdbcClient.create(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
