package dev.normforge.web;

import dev.normforge.SearchService;
import dev.normforge.access.AccessKeys;
import dev.normforge.access.LoginLinks;
import dev.normforge.access.Role;
import dev.normforge.testing.TestBrowser;
import dev.normforge.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a port of its own, on a database of its own; nobody advances its searches, so that rows stay as set. */
@SpringBootTest(classes = SearchService.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "normforge.ticker.enabled=false", "normforge.workers=0"})
abstract class ServiceUnderTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String DATABASE = TestServer.createEmpty();
    static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AccessKeys keys;

    @Autowired
    LoginLinks links;

    /** Keys by port: one for each service, so that asking writes nothing. */
    private static final Map<Integer, String> OPERATORS = new ConcurrentHashMap<>();

    @BeforeEach
    void anOperatorHasAKey() {
        authorization();
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> TestServer.url(DATABASE));
    }

    /** An answer and its body, where that is JSON. */
    record Answer(int status, String type, HttpResponse<String> raw) {

        JsonNode json() {
            return JSON.readTree(raw.body());
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    /** A fresh key. */
    String key(Role role) {
        return keys.create(role.name() + "-" + UUID.randomUUID(), role);
    }

    /** The header of an operator. */
    String authorization() {
        return "Bearer " + OPERATORS.computeIfAbsent(port, _ -> key(Role.OPERATOR));
    }

    /** A browser that somebody has logged in by a link. */
    ChromeDriver loggedIn(TestBrowser chromium) {
        return loggedIn(chromium, Role.OPERATOR);
    }

    ChromeDriver loggedIn(TestBrowser chromium, Role role) {
        var browser = chromium.driver();
        browser.get(origin() + "/login.html#" + links.create(role));
        chromium.await("return location.pathname === '/' && document.documentElement.dataset.role === '%s'"
                .formatted(role));
        return browser;
    }

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    JsonNode read(String path) {
        var answer = get(path);
        if (answer.status() != 200) {
            throw new AssertionError("GET %s answers %d: %s".formatted(path, answer.status(), answer.raw().body()));
        }
        return answer.json();
    }

    Answer post(String path, @Nullable String body) {
        return send("POST", path, body, "Content-Type", "application/json");
    }

    Answer send(String method, String path, @Nullable String body, String... headers) {
        return publish(method, path, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body), headers);
    }

    /** As an operator, unless a header says otherwise. */
    Answer publish(String method, String path, BodyPublisher body, String... headers) {
        return anonymously(method, path, body,
                Stream.concat(Stream.of("Authorization", authorization()), Stream.of(headers)).toArray(String[]::new));
    }

    Answer anonymously(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(origin() + path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
