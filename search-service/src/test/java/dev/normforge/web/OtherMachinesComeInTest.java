package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.normforge.SearchService;
import dev.normforge.testing.TestServer;
import dev.normforge.web.FakeIssuer.Account;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** A service for other machines: it starts only with a login, which is a secret or an issuer of accounts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherMachinesComeInTest {

    private static final String SECRET = "correct-horse-battery-staple";

    private FakeIssuer issuer;
    private ConfigurableApplicationContext service;
    private String origin;

    @BeforeAll
    void serve(@TempDir Path folder) throws Exception {
        issuer = new FakeIssuer();
        var file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        service = run("--server.address=0.0.0.0", "--normforge.web.secret-file=" + file,
                "--normforge.web.oidc.issuer=" + issuer.address(), "--normforge.web.oidc.client-id=normforge",
                "--normforge.web.oidc.client-secret=shared", "--normforge.web.oidc.operators=ada@example.org,id-7",
                "--normforge.web.oidc.viewers=@example.org");
        origin = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    void stop() {
        service.close();
        issuer.close();
    }

    private static ConfigurableApplicationContext run(String... more) {
        var usual = Stream.of("--server.port=0", "--normforge.ticker.enabled=false", "--normforge.workers=0",
                "--spring.main.banner-mode=off", "--spring.datasource.url=" + TestServer.url(TestServer.createEmpty()));
        return SpringApplication.run(SearchService.class, Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
    }

    private HttpResponse<String> get(HttpClient client, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(origin + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--server.address=0.0.0.0|server.address is 0.0.0.0, expected 127.0.0.1, or a login for other machines: set normforge.web.secret-file (--secret-file) or normforge.web.oidc.issuer",
            "--server.address=|server.address is not set, expected 127.0.0.1",
            "--normforge.web.secret=short|normforge.web.secret has 5 characters, expected at least 16",
            "--normforge.web.secret-file=/no/such/file|normforge.web.secret-file is /no/such/file, expected a readable file",
            "--normforge.web.oidc.issuer=http://127.0.0.1:1|normforge.web.oidc.client-id is missing"})
    void withoutALoginItDoesNotStart(String setting, String why) {
        assertThatThrownBy(() -> run(setting).close()).hasStackTraceContaining(why);
    }

    @Test
    void whoKnowsTheSecretIsAnOperator() throws Exception {
        try (var program = HttpClient.newHttpClient()) {
            assertThat(get(program, "/api/v1/session", "Authorization", "Bearer " + SECRET).body())
                    .contains("\"role\":\"OPERATOR\"", "\"name\":\"secret\"");
            assertThat(get(program, "/api/v1/searches").statusCode()).isEqualTo(401);
            assertThat(get(program, "/api/v1/searches", "Authorization", "Bearer " + SECRET + "x").statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({"id-1, ada@example.org, true, OPERATOR", "id-7, '', false, OPERATOR",
            "id-2, grace@example.org, true, VIEWER",
            "id-3, eve@elsewhere.org, true, ", "id-4, ada@example.org, false, ", "id-5, eve@example.org.evil, true, "})
    void anAccountMayDoWhatItIsListedFor(String subject, String email, boolean verified, String role) throws Exception {
        issuer.sits(new Account(subject, email, verified));
        try (var browser = browser()) {
            var landed = get(browser, OidcLogin.BEGINS);
            assertThat(landed.statusCode()).isEqualTo(200);
            var session = JsonMapper.shared().readTree(get(browser, "/api/v1/session").body());
            if (role == null) {
                assertThat(landed.uri().toString()).isEqualTo(origin + "/login.html?refused=account");
                assertThat(session.get("role").isNull()).isTrue();
                assertThat(get(browser, "/api/v1/searches").statusCode()).isEqualTo(401);
            } else {
                assertThat(landed.uri().toString()).isEqualTo(origin + "/");
                assertThat(session.get("role").stringValue()).isEqualTo(role);
                assertThat(get(browser, "/api/v1/searches").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void anAnswerThatNobodyAskedTheIssuerForIsRefused() throws Exception {
        issuer.sits(new Account("id-1", "ada@example.org", true));
        try (var browser = browser()) {
            var landed = get(browser, "/login/oauth2/code/oidc?code=code-0&state=forged");
            assertThat(landed.uri().toString()).isEqualTo(origin + "/login.html?refused=issuer");
            assertThat(get(browser, "/api/v1/searches").statusCode()).isEqualTo(401);
        }
    }
}
