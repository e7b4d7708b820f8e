package dev.normforge.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import java.util.ArrayList;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL by Testcontainers. A socket is not enough: an engine must answer, and the image must be there or be had. */
final class DockerPostgres {

    static final String IMAGE = "postgres:17";
    /** In memory: quick to fill, and quick to remove when the tests end. */
    private static final String DATA = "/var/lib/postgresql/data";
    private static final int CONNECTIONS = 300;
    private static final int MINUTES_TO_PULL = 5;

    private DockerPostgres() {
    }

    /** Whether there is one. */
    sealed interface Result {
    }

    /** @param url with a place for the database's name */
    record Running(String url, String container) implements Result {
    }

    /** @param reason one line */
    record Unavailable(String reason) implements Result {
    }

    static Result start() {
        try {
            var client = client();
            try {
                pull(client);
                return run();
            } catch (RuntimeException e) {
                return new Unavailable(
                        "Docker answers, but %s cannot be run: %s (where nothing can be pulled: docker load the image, and set TESTCONTAINERS_RYUK_DISABLED=true)"
                                .formatted(IMAGE, reason(e)));
            }
        } catch (IllegalStateException e) {
            var host = System.getenv("DOCKER_HOST");
            return new Unavailable("no Docker engine answers" + (host == null ? "" : " at " + host));
        }
    }

    /**
     * Where Testcontainers looks for an engine. Not its own client: that one begins by starting a helper container, whose
     * image may not be here either.
     */
    private static DockerClient client() {
        var places = new ArrayList<DockerClientProviderStrategy>();
        ServiceLoader.load(DockerClientProviderStrategy.class).forEach(places::add);
        return DockerClientProviderStrategy.getFirstValidStrategy(places).getDockerClient();
    }

    /** Once: Testcontainers would try for two minutes, also where there is no network. */
    private static void pull(DockerClient client) {
        try {
            client.inspectImageCmd(IMAGE).exec();
        } catch (NotFoundException absent) {
            try {
                if (!client.pullImageCmd(IMAGE).exec(new ResultCallback.Adapter<PullResponseItem>())
                        .awaitCompletion(MINUTES_TO_PULL, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("pulling took longer than %d minutes".formatted(MINUTES_TO_PULL),
                            absent);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    @SuppressWarnings("resource") // until the JVM ends; Testcontainers removes it
    private static Result run() {
        var container = new PostgreSQLContainer(IMAGE);
        container.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=" + CONNECTIONS);
        container.setTmpFsMapping(Map.of(DATA, "rw"));
        container.start();
        return new Running(
                "jdbc:postgresql://%s:%d/%%s?user=%s&password=%s".formatted(container.getHost(),
                        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), container.getUsername(),
                        container.getPassword()),
                container.getContainerId().substring(0, 12));
    }

    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var text = cause == failure ? failure.getMessage() : failure.getMessage() + ": " + cause.getMessage();
        return String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
