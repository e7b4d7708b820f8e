package dev.normforge;

import dev.normforge.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh database with all tables for each test, on the {@link TestServer}. Register with {@code @RegisterExtension}.
 */
public final class TestDatabase implements BeforeEachCallback, AfterEachCallback {

    private final List<AutoCloseable> resources = new ArrayList<>();
    private String name = "";

    private static DataSource source(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        name = TestServer.createMigrated();
        TestServer.execute("alter database %s set synchronous_commit = off".formatted(name));
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
        TestServer.drop(name);
    }

    /** Of this test's own database. */
    public String url() {
        return TestServer.url(name);
    }

    /** Opens a connection whenever it is asked for one. */
    public DataSource dataSource() {
        return source(url());
    }
}
