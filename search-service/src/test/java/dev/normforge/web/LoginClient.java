package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.regex.Pattern;

/** Does what the page of the login does: asks who it is, and posts a token with what keeps forgers out. */
final class LoginClient {

    private static final Pattern FORGERY_TOKEN = Pattern.compile("XSRF-TOKEN=([^;]+)");

    private final ServiceUnderTest service;

    LoginClient(ServiceUnderTest service) {
        this.service = service;
    }

    /** The headers of a browser after the login; the first two are its cookies. */
    List<String> loggedIn(String token) {
        var answer = post(token);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        var session = answer.header("Set-Cookie");
        var forgery = answer.raw().request().headers().firstValue("X-XSRF-TOKEN").orElseThrow();
        return List.of("Cookie", session.substring(0, session.indexOf(';')) + "; XSRF-TOKEN=" + forgery,
                "X-XSRF-TOKEN", forgery);
    }

    ServiceUnderTest.Answer post(String token) {
        var forgery = forgeryToken();
        return service.anonymously("POST", SessionApi.PATH,
                BodyPublishers.ofString(ServiceUnderTest.JSON.writeValueAsString(new SessionApi.Login(token))),
                "Content-Type", "application/json", "Cookie", "XSRF-TOKEN=" + forgery, "X-XSRF-TOKEN", forgery);
    }

    private String forgeryToken() {
        var found = FORGERY_TOKEN.matcher(
                service.anonymously("GET", SessionApi.PATH, BodyPublishers.noBody()).header("Set-Cookie"));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    List<String> loggedOut(List<String> browser) {
        assertThat(service.anonymously("DELETE", SessionApi.PATH, BodyPublishers.noBody(),
                browser.toArray(String[]::new)).status()).isEqualTo(204);
        return browser;
    }

    /** A session that the service never gave. */
    List<String> forged() {
        var forgery = forgeryToken();
        return List.of("Cookie", "normforge-%d=QUFBQUFBQUEtQUFBQS1BQUFBLUFBQUEtQUFBQUFBQUFBQUFB; XSRF-TOKEN=%s"
                .formatted(service.port, forgery), "X-XSRF-TOKEN", forgery);
    }
}
