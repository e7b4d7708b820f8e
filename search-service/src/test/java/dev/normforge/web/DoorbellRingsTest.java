package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.Grids;
import dev.normforge.search.Comparisons;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

@Timeout(30)
class DoorbellRingsTest extends ServiceUnderTest {

    @Autowired
    private Comparisons comparisons;

    @Test
    void aListenerHearsTheRevisionAtOnceAndThenEveryChange() throws Exception {
        var search = new StoredSearch(jdbc, "cifar10");
        search.ring();
        try (var client = HttpClient.newHttpClient(); var events = listen(client, search)) {
            assertThat(next(events)).as("a comment first, so that a browser opens the stream").startsWith(":");
            assertThat(revision(events)).isEqualTo("{\"revision\":1}");
            search.ring();
            assertThat(revision(events)).isEqualTo("{\"revision\":2}");
            search.ring();
            search.ring();
            assertThat(revision(events)).isIn("{\"revision\":3}", "{\"revision\":4}");
        }
    }

    @Test
    void oneSearchsRingIsNotHeardByAnothersListeners() throws Exception {
        var search = new StoredSearch(jdbc, "cifar10");
        var other = new StoredSearch(jdbc, "cifar10");
        try (var client = HttpClient.newHttpClient(); var events = listen(client, search)) {
            assertThat(revision(events)).isEqualTo("{\"revision\":0}");
            other.ring();
            other.ring();
            search.ring();
            assertThat(revision(events)).isEqualTo("{\"revision\":1}");
        }
    }

    @Test
    void aComparisonRingsToo() throws Exception {
        var name = "rings-" + UUID.randomUUID();
        var id = comparisons.create(name, Grids.of("gn-relu").spec(), Duration.ZERO).id();
        try (var client = HttpClient.newHttpClient();
                var events = listen(client, "/api/v1/comparisons/" + name)) {
            assertThat(revision(events)).isEqualTo("{\"revision\":0}");
            comparisons.pause(id);
            assertThat(revision(events)).isEqualTo("{\"revision\":1}");
        }
    }

    private BufferedReader listen(HttpClient client, StoredSearch search) throws IOException, InterruptedException {
        return listen(client, search.path());
    }

    private BufferedReader listen(HttpClient client, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(origin() + path + "/events"))
                .header("Authorization", authorization())
                .timeout(Duration.ofSeconds(10)).build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader events) throws IOException {
        var line = events.readLine();
        while (line != null && line.isEmpty()) {
            line = events.readLine();
        }
        return String.valueOf(line);
    }

    private static String revision(BufferedReader events) throws IOException {
        var line = next(events);
        while (!line.startsWith("data:")) {
            line = next(events);
        }
        return line.substring("data:".length());
    }
}
