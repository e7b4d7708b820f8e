package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.Grids;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.search.Comparisons;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class EveryErrorIsAProblemTest extends ServiceUnderTest {

    @Autowired
    private Comparisons comparisons;

    private StoredSearch search;

    @BeforeEach
    void stored() {
        search = new StoredSearch(jdbc, "cifar10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api", "/api/v1", "/api/v1/nothing", "/api/v2/searches", "/search.htm",
            "/api/v1/searches/no-such-search", "/api/v1/searches/no-such-search/front",
            "/api/v1/searches/no-such-search/candidates", "/api/v1/searches/no-such-search/candidates/1",
            "/api/v1/searches/no-such-search/arrivals", "/api/v1/searches/no-such-search/report",
            "/api/v1/searches/no-such-search/events", "/api/v1/searches/99999999999999999999",
            "/api/v1/comparisons/none", "/api/v1/comparisons/none/result", "/api/v1/comparisons/none/cells.csv",
            "/api/v1/comparisons/none/curves.csv", "/api/v1/comparisons/none/layers.csv",
            "/api/v1/comparisons/none/layers/a.json", "/api/v1/comparisons/none/comparison.md",
            "/api/v1/comparisons/none/plots", "/api/v1/comparisons/none/plots/a.svg",
            "/api/v1/comparisons/none/plots/a", "/api/v1/comparisons/none/events",
            "/api/v1/comparisons/99999999999999999999"})
    void whatDoesNotExistIsNotFound(String path) {
        isProblem(get(path), 404);
    }

    @Test
    void aComparisonIsNoSearch() {
        var name = "compared-" + UUID.randomUUID();
        var id = comparisons.create(name, Grids.of("gn-relu").spec(), Duration.ZERO).id();
        for (var path : List.of("", "/front", "/candidates", "/candidates/1", "/arrivals", "/report", "/events")) {
            isProblem(get("/api/v1/searches/" + name + path), 404);
        }
        for (var order : List.of("/pause", "/resume", "/cancel")) {
            isProblem(post("/api/v1/searches/" + name + order, null), 404);
        }
        var problem = get("/api/v1/searches/" + id);
        isProblem(problem, 404);
        assertThat(problem.json().get("detail").stringValue()).isEqualTo(
                "search is %s, expected the name or id of a search: this is a comparison".formatted(id));
        assertThat(read("/api/v1/searches?size=1000").get("items").valueStream()
                .map(one -> one.get("name").stringValue())).contains(search.name).doesNotContain(name);
        var taken = post("/api/v1/searches", "{\"name\": \"%s\"}".formatted(name));
        isProblem(taken, 409);
        assertThat(taken.json().get("detail").stringValue()).contains("is the name of a comparison");
    }

    @ParameterizedTest
    @CsvSource({"/candidates?size=0,size,0", "/candidates?size=1001,size,1001", "/candidates?size=many,size,many",
            "/candidates?before=x,before,x", "/arrivals?after=-1,after,-1", "/arrivals?after=2.5,after,2.5",
            "/arrivals?after=99999999999,after,99999999999", "/arrivals?size=-3,size,-3", "/front?at=-1,at,-1",
            "/front?at=now,at,now", "/candidates/first,birth,first"})
    void aBadParameterIsNamedWithItsValueAndWhatWasExpected(String path, String field, String value) {
        var problem = get(search.path() + path);
        isProblem(problem, 400);
        assertThat(problem.json().get("field").stringValue()).isEqualTo(field);
        assertThat(problem.json().get("value").stringValue()).isEqualTo(value);
        assertThat(problem.json().get("expected").stringValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"size=0,size,0", "size=1001,size,1001", "size=many,size,many", "before=x,before,x"})
    void aBadParameterOfComparisonsIsNamedToo(String parameter, String field, String value) {
        var problem = get("/api/v1/comparisons?" + parameter);
        isProblem(problem, 400);
        assertThat(problem.json().get("field").stringValue()).isEqualTo(field);
        assertThat(problem.json().get("value").stringValue()).isEqualTo(value);
    }

    @Test
    void aBirthThatNeverWasIsNotFound() {
        var problem = get(search.path() + "/candidates/5");
        isProblem(problem, 404);
        assertThat(problem.json().get("field").stringValue()).isEqualTo("birth");
    }

    @Test
    void aReportThatIsNotThereYetIsNotFoundAndSaysWhatItWaitsFor() {
        var problem = get(search.path() + "/report");
        isProblem(problem, 404);
        assertThat(problem.json().get("detail").stringValue()).contains("phase is CALIBRATION, expected FINISHED");
    }

    @Test
    void otherMethodsAndMediaAreRefused() {
        isProblem(send("DELETE", search.path(), null), 405);
        isProblem(send("PUT", "/api/v1/searches", "{}", "Content-Type", "application/json"), 405);
        isProblem(send("POST", "/api/v1/searches", "name=x", "Content-Type", "application/x-www-form-urlencoded"), 415);
        isProblem(send("POST", "/api/v1/searches", "<a/>", "Content-Type", "application/xml"), 415);
        isProblem(send("POST", "/api/v1/searches", "{}", "Content-Type", "not a type"), 415);
        isProblem(send("GET", "/api/v1/searches", null, "Accept", "application/xml"), 406);
        isProblem(send("GET", "/api/v1/nothing", null, "Accept", "text/html"), 404);
        isProblem(send("DELETE", "/api/v1/comparisons/none", null), 405);
        isProblem(send("POST", "/api/v1/comparisons/none/result", null), 405);
        isProblem(send("POST", "/api/v1/comparisons", "<a/>", "Content-Type", "application/xml"), 415);
        isProblem(send("GET", "/api/v1/comparisons/none/cells.csv", null, "Accept", "application/xml"), 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE /", "PATCH /search.html", "POST /js/api.js",
            "DELETE /api/v1/layers/evonorm-s0/exports", "POST /api/v1/openapi.json"})
    void aWrongMethodIsRefusedUnderItsOwnAddress(String request) {
        var parts = request.split(" ");
        var answer = send(parts[0], parts[1], null);
        isProblem(answer, 405);
        assertThat(answer.header("Allow")).contains("GET");
        assertThat(answer.json().get("instance").stringValue()).isEqualTo(parts[1]);
    }

    @Test
    void whatHidesAnAddressOrAMethodIsRefusedBeforeAnythingElse() {
        isProblem(get("/api/v1//searches"), 400);
        isProblem(get("/api/v1/searches;x=1"), 400);
        isProblem(send("FOO", "/api/v1/searches", null), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/searches/", "/api/v1/openapi.json/", "/js/", "/css",
            "/_static/", "/swagger-ui/index.html", "/v3/api-docs", "/actuator", "/api/v1/openapi.yaml"})
    void whatLooksLikeAnAddressIsNone(String path) {
        isProblem(get(path), 404);
        isProblem(send("OPTIONS", path, null), 404);
    }

    @Test
    void whateverAClientAcceptsItIsToldWhatIsWrong() {
        for (var accepted : List.of("garbage", "audio/ogg", "text/html;q=x", ",")) {
            for (var path : List.of("/api/v1/searches", search.path())) {
                var answer = send("GET", path, null, "Accept", accepted);
                if (answer.status() != 200) {
                    isProblem(answer, 406);
                }
            }
            isProblem(send("GET", "/api/v1/nothing", null, "Accept", accepted), 404);
        }
    }

    /** A head has no body, ends at once, and otherwise says what GET does. */
    @Test
    void aHeadIsAnsweredAndEnds() {
        for (var path : List.of("/api/v1/searches", search.path(), search.path() + "/front",
                search.path() + "/candidates.csv", search.path() + "/events", "/api/v1/layers/evonorm-s0/exports.zip",
                "/", "/js/api.js", "/api/v1/nothing", "/api/v1/searches/none/front")) {
            var head = send("HEAD", path, null);
            assertThat(head.raw().body()).as(path).isEmpty();
            assertThat(head.status()).as(path)
                    .isEqualTo(path.endsWith("/events") ? 200 : get(path).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "\"laptop\"", "{", "{\"name\":}", "{\"name\":\"a\"} {}",
            "{\"name\":\"a\",\"name\":\"b\"}", "{}", "{\"name\":7}", "{\"name\":\"a\",\"preset\":\"desktop\"}",
            "{\"name\":\"a\",\"preset\":[]}", "{\"name\":\"a\",\"spec\":{}}", "{\"name\":\"a\",\"spec\":7}",
            "{\"name\":\"a\",\"preset\":\"laptop\",\"spec\":{}}", "{\"name\":\"a\",\"seed\":\"1\"}",
            "{\"name\":\"a\",\"seed\":1.5}", "{\"name\":\"a\",\"seed\":1e40}", "{\"name\":\"a\",\"budget\":{}}",
            "{\"name\":\"a\",\"budget\":{\"minutes\":0}}", "{\"name\":\"a\",\"budget\":{\"minutes\":-1}}",
            "{\"name\":\"a\",\"budget\":{\"hours\":1}}", "{\"name\":\"a\",\"budget\":{\"candidates\":3000000000}}",
            "{\"name\":\"a\",\"data\":\"imagenet\"}", "{\"name\":\"a\",\"random\":\"yes\"}",
            "{\"name\":\"a\",\"batch_independent\":true}", "{\"name\":\"\"}", "{\"name\":\"a b\"}",
            "{\"name\":\"../a\"}", "{\"name\":\"a\",\"study\":\"\\u0000\"}",
            "{\"name\":\"a\",\"arm\":\"\\ud800\"}",
            "{\"name\":\"a\",\"budget\":{\"candidates\":-4294967295}}"})
    void aWrongOrderIsRefusedInOneLine(String body) {
        var problem = post("/api/v1/searches", body);
        isProblem(problem, 400);
        assertThat(problem.json().get("detail").stringValue().lines()).hasSize(1);
        assertThat(problem.json().get("field").stringValue()).isNotBlank();
        assertThat(problem.json().get("expected").stringValue()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"name\":\"a\",\"name\":\"b\"}", "{\"comparison\":\"frozen\"}",
            "{\"name\":\"a\"}", "{\"name\":\"a\",\"comparison\":\"imagenet\"}",
            "{\"name\":\"a\",\"comparison\":7}", "{\"name\":\"a\",\"comparison\":\"frozen\",\"spec\":{}}",
            "{\"name\":\"a\",\"spec\":{}}", "{\"name\":\"a\",\"spec\":[]}",
            "{\"name\":\"a\",\"comparison\":\"frozen\",\"seeds\":0}",
            "{\"name\":\"a\",\"comparison\":\"frozen\",\"seeds\":-4294967295}",
            "{\"name\":\"a\",\"comparison\":\"frozen\",\"seeds\":101}",
            "{\"name\":\"a\",\"comparison\":\"frozen\",\"firstSeed\":9223372036854775807}",
            "{\"name\":\"a\",\"comparison\":\"frozen\",\"minutes\":0}",
            "{\"name\":\"a\",\"comparison\":\"frozen\",\"data\":\"imagenet\"}",
            "{\"name\":\"a\",\"comparison\":\"frozen\",\"seed\":3}",
            "{\"name\":\"a b\",\"comparison\":\"frozen\"}", "{\"name\":\"../a\",\"comparison\":\"frozen\"}"})
    void aWrongOrderOfAComparisonIsRefusedInOneLine(String body) {
        var problem = post("/api/v1/comparisons", body);
        isProblem(problem, 400);
        assertThat(problem.json().get("detail").stringValue().lines()).hasSize(1);
        assertThat(problem.json().get("field").stringValue()).isNotBlank();
        assertThat(problem.json().get("expected").stringValue()).isNotBlank();
    }

    @Test
    void aHostileBodyIsRefusedWithoutHarm() {
        isProblem(post("/api/v1/comparisons", "{\"name\":\"" + "x".repeat(300_000) + "\"}"), 413);
        isProblem(post("/api/v1/comparisons", "{\"name\":\"a\",\"spec\":" + "{\"a\":".repeat(10_000)), 400);
        isProblem(post("/api/v1/comparisons", "{\"name\":\"a\",\"spec\":" + "{\"a\":".repeat(100) + "1"
                + "}".repeat(101)), 400);
        isProblem(post("/api/v1/searches", "[".repeat(200_000)), 400);
        isProblem(post("/api/v1/searches", "{\"a\":".repeat(40_000)), 400);
        isProblem(post("/api/v1/searches", "{\"name\":\"" + "x".repeat(300_000) + "\"}"), 413);
        isProblem(post("/api/v1/searches", "{\"name\":\"" + "x".repeat(100_000) + "\"}"), 400);
        isProblem(post("/api/v1/searches", "{\"name\":\"a\",\"seed\":" + "9".repeat(50_000) + "}"), 400);
        isProblem(post("/api/v1/searches", "{\"name\":\"a\",\"budget\":{\"minutes\":" + "9".repeat(400) + "}}"), 400);
        isProblem(post("/api/v1/comparisons", "{\"name\":\"a\",\"comparison\":\"frozen\",\"minutes\":" + "9".repeat(400)
                + "}"), 400);
    }

    /** A valid order with random damage: whatever is not accepted is a 4xx problem. */
    @Test
    void damagedOrdersAreNeverTheServicesFault() {
        var random = new Random(20_261_121);
        damage(random, 150, "/api/v1/comparisons", "{\"name\": \"damaged\", \"seeds\": 2, \"spec\": %s}"
                .formatted(ProtocolJson.write(Grids.of("bn-relu", "gn-relu").batches(4, 8).spec())));
        damage(random, 300, "/api/v1/searches",
                "{\"name\": \"fuzzed\", \"preset\": \"smoke\", \"seed\": 3, \"budget\": {\"minutes\": 1.5}, "
                        + "\"data\": \"synthetic\", \"study\": \"s\", \"arm\": \"a\", \"random\": false}");
    }

    private void damage(Random random, int times, String path, String valid) {
        for (int i = 0; i < times; i++) {
            var bytes = valid.getBytes(UTF_8);
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(95) + 32);
            }
            var body = new String(bytes, UTF_8);
            var answer = post(path, body);
            if (answer.status() >= 300) {
                assertThat(answer.status()).as(body).isBetween(400, 499);
                assertThat(answer.type()).as(body).startsWith("application/problem+json");
            }
        }
    }

    @Test
    void anotherSiteCannotReachTheServiceThroughAVisitorsBrowser() throws IOException {
        assertThat(raw("GET /api/v1/searches HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421").contains("application/problem+json");
        assertThat(raw("GET /api/v1/searches HTTP/1.1\r\nHost: localhost:1\r\nAuthorization: " + authorization()
                + "\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw("POST " + search.path() + "/cancel HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403").contains("application/problem+json");
        assertThat(read(search.path()).at("/search/intent").stringValue()).isEqualTo("RUN");
    }

    @Test
    void aRequestTheContainerRefusesIsAProblemToo() throws IOException {
        isProblem(get("/js/../../application.properties"), 400);
        assertThat(raw("GET /api/v1/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400").contains("application/problem+json").doesNotContain("<html");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static void isProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.raw().uri() + " " + answer.raw().body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        var problem = answer.json();
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(answer.raw().body()).doesNotContain("Exception").hasSizeLessThan(2000);
    }
}
