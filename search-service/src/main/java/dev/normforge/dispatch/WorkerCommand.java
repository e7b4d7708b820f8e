package dev.normforge.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker of this service's own.
 *
 * @param database JDBC URL
 * @param user of the database, null where the URL names it
 */
record WorkerCommand(WorkerJar jar, String database, @Nullable String user, @Nullable String password) {

    /** At most: room for all 60,000 images at full size beside everything else. */
    private static final String HEAP = System.getProperty("normforge.worker.heap", "512m");

    /** A process that ends when its standard input does. */
    ProcessBuilder process(String name) {
        var builder = jar.process(HEAP, List.of("worker", "--database", database, "--name", name, "--parent-pipe"))
                .redirectErrorStream(true);
        if (user != null) {
            builder.environment().put("SPRING_DATASOURCE_USERNAME", user);
        }
        if (password != null) {
            builder.environment().put("SPRING_DATASOURCE_PASSWORD", password);
        }
        return builder;
    }
}
