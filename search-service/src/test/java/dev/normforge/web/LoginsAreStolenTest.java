package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.access.LoginLinks;
import dev.normforge.access.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What somebody could try who has seen a link, a cookie, a key or the database, or who only guesses. */
class LoginsAreStolenTest extends ServiceUnderTest {

    private final LoginClient client = new LoginClient(this);

    private JsonNode whoIs(List<String> browser) {
        return anonymously("GET", SessionApi.PATH, BodyPublishers.noBody(), browser.toArray(String[]::new)).json();
    }

    private int searches(List<String> headers) {
        return anonymously("GET", "/api/v1/searches", BodyPublishers.noBody(), headers.toArray(String[]::new)).status();
    }

    @Test
    void aLinkLogsInOnce() {
        var link = links.create(Role.VIEWER);
        assertThat(whoIs(client.loggedIn(link)).get("role").stringValue()).isEqualTo("VIEWER");
        var again = client.post(link);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.raw().body()).contains("token is unknown, used or over").doesNotContain(link);
        assertThat(again.header("Set-Cookie")).isEmpty();
    }

    @Test
    void ofTenThatOpenALinkAtOnceOneGetsIn() throws Exception {
        var link = links.create(Role.OPERATOR);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> use = () -> links.use(link).isPresent();
            var in = 0;
            for (var one : threads.invokeAll(Stream.generate(() -> use).limit(10).toList())) {
                in += one.get() ? 1 : 0;
            }
            assertThat(in).isEqualTo(1);
        }
    }

    @Test
    void aLinkIsOverAfterADay() {
        var link = links.create(Role.OPERATOR);
        assertThat(LoginLinks.LIFE.toHours()).isEqualTo(24);
        jdbc.sql("update login_link set expires_at = expires_at - interval '24 hours 1 second'").update();
        assertThat(client.post(link).status()).isEqualTo(401);
    }

    @Test
    void whoReadsTheDatabaseFindsNoSecret() {
        var key = key(Role.OPERATOR);
        var link = links.create(Role.OPERATOR);
        for (var table : List.of("access_key", "login_link")) {
            var rows = jdbc.sql("select t::text from %s t".formatted(table)).query(String.class).list();
            assertThat(rows).isNotEmpty()
                    .noneMatch(row -> row.contains(key.substring(6)) || row.contains(link.substring(7)));
        }
    }

    @Test
    void aRevokedKeyEndsTheLoginsMadeWithItAtOnce() {
        var name = "revoked-" + UUID.randomUUID();
        var key = keys.create(name, Role.OPERATOR);
        var browser = client.loggedIn(key);
        assertThat(whoIs(browser).get("name").stringValue()).isEqualTo("key " + name);
        assertThat(searches(browser)).isEqualTo(200);
        assertThat(keys.revoke(name)).isTrue();
        assertThat(whoIs(browser).get("role").isNull()).isTrue();
        assertThat(searches(browser)).isEqualTo(401);
        assertThat(searches(List.of("Authorization", "Bearer " + key))).isEqualTo(401);
        assertThat(keys.revoke(name)).as("there is none any more").isFalse();
        var successor = keys.create(name, Role.VIEWER);
        assertThat(searches(browser)).as("a new key of this name is another").isEqualTo(401);
        assertThat(searches(List.of("Authorization", "bearer " + successor))).isEqualTo(200);
    }

    @Test
    void scriptsAndOtherSitesDoNotGetTheCookie() {
        var set = client.post(links.create(Role.VIEWER)).header("Set-Cookie");
        assertThat(set).startsWith("normforge-" + port + "=").contains("HttpOnly", "SameSite=Lax", "Path=/",
                "Max-Age=1209600");
    }

    @Test
    void aSessionThatAnAttackerPreparedIsNotTheOneThatIsLoggedIn() {
        var prepared = client.loggedIn(links.create(Role.VIEWER));
        var forgery = prepared.get(3);
        var answer = anonymously("POST", SessionApi.PATH,
                BodyPublishers.ofString("{\"token\":\"%s\"}".formatted(links.create(Role.OPERATOR))), "Content-Type",
                "application/json", "Cookie", prepared.get(1), "X-XSRF-TOKEN", forgery);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(whoIs(prepared).get("role").isNull()).isTrue();
    }

    /** From an address of its own, since this one must not be locked out of other tests. */
    @Test
    void guessesAreSlowedDownAndGoodKeysStillWork() throws Exception {
        var good = key(Role.VIEWER);
        try (var guesser = HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
            for (int i = 0; i < FailedLogins.MOST; i++) {
                assertThat(guess(guesser, "guess-" + i).statusCode()).isEqualTo(401);
            }
            var refused = guess(guesser, "another");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 61L);
            assertThat(refused.headers().firstValue("Content-Type").orElse("")).isEqualTo("application/problem+json");
            assertThat(guess(guesser, good).statusCode()).isEqualTo(200);
        }
        assertThat(client.post(links.create(Role.VIEWER)).status()).as("others may").isEqualTo(200);
    }

    private HttpResponse<String> guess(HttpClient guesser, String key) throws IOException, InterruptedException {
        return guesser.send(HttpRequest.newBuilder(URI.create(origin() + "/api/v1/searches"))
                .header("Authorization", "Bearer " + key).build(), BodyHandlers.ofString());
    }
}
