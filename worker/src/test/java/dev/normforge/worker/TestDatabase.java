package dev.normforge.worker;

import dev.normforge.testing.TestServer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with the service's tables, empty, on the {@link TestServer}. */
public record TestDatabase(String url, DataSource dataSource) {

    /** A database of its own. */
    public static TestDatabase create() {
        var url = TestServer.url(TestServer.createMigrated());
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
