package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.Grids;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.search.Comparisons;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever is sent: no fault of the service, no row of what was refused. */
class HostileInputDoesHarmTest extends ServiceUnderTest {

    private static final List<String> TEXTS = List.of("<img src=x onerror=alert(1)>", "x".repeat(5000),
            "x".repeat(10_000), "a\u0000b", "a\u0001\u001bb", "a\r\nSet-Cookie: a=b", "=1+1",
            "'; drop table search; --", "\u202eabc", "%00",
            "../../etc/passwd", "..\\..\\a", "a;b=c", "${7*7}", "99999999999999999999", "-1", "NaN", "{x}", "*");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private Comparisons comparisons;

    private StoredSearch search;
    private String comparison;

    @BeforeEach
    void stored() {
        search = new StoredSearch(jdbc, "cifar10");
        search.arrives(search.born("x", null), 0.3, 0.3, 0.3);
        comparison = "hostile-" + UUID.randomUUID();
        comparisons.create(comparison, Grids.of("gn-relu").spec(), Duration.ZERO);
    }

    @Test
    void damagedOrdersAreRefusedWithoutATrace() {
        send(500, 20_261_125);
    }

    @Test
    @Tag("long")
    void tenThousandDamagedOrdersAreRefusedWithoutATrace() {
        send(10_000, 4712);
    }

    /** To every address that changes something, in turn. */
    private void send(int bodies, long seed) {
        var searches = new DamagedOrders(seed, DamagedOrders.searches(StoredSearch.laptop()));
        var compared = new DamagedOrders(seed + 1, DamagedOrders.comparisons(
                ProtocolJson.write(Grids.of("bn-relu", "gn-relu").batches(4, 8).spec())));
        // Logins have a test of their own, which does not lock this address out.
        var changing = patterns(RequestMethod.POST, RequestMethod.PUT, RequestMethod.DELETE, RequestMethod.PATCH)
                .stream().filter(address -> !address.path().equals(SessionApi.PATH)).toList();
        var steering = changing.stream().filter(address -> address.path().contains("{")).toList();
        assertThat(steering).hasSize(6);
        assertThat(changing).hasSize(9);
        var before = counts();
        var accepted = new ArrayList<Long>();
        var faults = new ArrayList<String>();
        for (int i = 0; i < bodies; i++) {
            boolean searching = i % 2 == 0;
            var order = (searching ? searches : compared).next();
            var address = i % 10 < 8
                    ? new Address("POST", searching ? "/api/v1/searches" : "/api/v1/comparisons")
                    : steering.get(i / 10 % steering.size());
            var answer = publish(address.method(), filled(address.path(), i % 100 < 50 ? search.name : "no-such-one"),
                    BodyPublishers.ofByteArray(order.body()), "Content-Type", order.type());
            if (answer.status() == 201) {
                accepted.add(answer.json().get("id").longValue());
            } else if (answer.status() != 200 && !refused(answer)) {
                faults.add("%d %s of %s".formatted(answer.status(), answer.raw().body(), order));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(accepted.size()).as("some order was whole, most were not").isBetween(bodies / 20, bodies / 2);
        jdbc.sql("delete from search where id in (:ids)").param("ids", accepted).update();
        assertThat(counts()).isEqualTo(before);
    }

    /** Rows of every table but {@code proxy}, whose rows belong to no search. */
    private Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        jdbc.sql("""
                select table_name from information_schema.tables
                 where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'proxy'
                """).query(String.class).list()
                .forEach(table -> counts.put(table,
                        jdbc.sql("select count(*) from \"%s\"".formatted(table)).query(Long.class).single()));
        assertThat(counts).containsKeys("search", "candidate", "evaluation", "outcome", "arrival");
        return counts;
    }

    private record Address(String method, String path) {
    }

    private List<Address> patterns(RequestMethod... methods) {
        return mappings.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> Stream.of(methods).filter(mapping.getMethodsCondition().getMethods()::contains)
                        .flatMap(method -> mapping.getPatternValues().stream()
                                .map(path -> new Address(method.name(), path))))
                .filter(address -> address.path().startsWith("/api/v1/")).toList();
    }

    private static String filled(String path, String value) {
        return path.replaceAll("\\{[^}]+}", URLEncoder.encode(value, UTF_8).replace("+", "%20"));
    }

    @Test
    void aHostilePathIsNotFoundOrRefused() {
        var before = counts();
        var addresses = patterns(RequestMethod.GET, RequestMethod.POST).stream()
                .filter(address -> address.path().contains("{")).toList();
        assertThat(addresses).hasSizeGreaterThan(25);
        for (var address : addresses) {
            for (var text : TEXTS) {
                var answer = send(address.method(), filled(address.path(), text), null, "Accept", "*/*");
                isProblem(answer, address + " " + text);
            }
        }
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void aHostileParameterIsRefusedOrIgnored() {
        var before = counts();
        var parameters = new ArrayList<String>();
        mappings.getHandlerMethods().forEach((mapping, method) -> Stream.of(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .forEach(parameter -> mapping.getPatternValues()
                        .forEach(path -> parameters.add(existing(path) + "?" + parameter.getParameter().getName()))));
        assertThat(parameters).hasSizeGreaterThan(10);
        for (var parameter : parameters) {
            for (var text : TEXTS) {
                var answer = get(parameter + "=" + URLEncoder.encode(text, UTF_8));
                if (answer.status() != 200) {
                    isProblem(answer, parameter + " " + text);
                }
            }
        }
        assertThat(counts()).isEqualTo(before);
    }

    private String existing(String path) {
        return path.replace("{search}", search.name).replace("{comparison}", comparison).replace("{birth}", "0")
                .replace("{layer}", "bn-relu").replace("{file}", "layer.json").replace("{worker}", "0");
    }

    @Test
    void aHostileNameNamesNothing() {
        var before = counts();
        for (var text : TEXTS) {
            if (text.matches("[A-Za-z0-9._-]{1,100}")) {
                continue;
            }
            var name = JSON.writeValueAsString(text);
            isProblem(post("/api/v1/searches", "{\"name\":%s,\"preset\":\"smoke\"}".formatted(name)), text);
            isProblem(post("/api/v1/comparisons", "{\"name\":%s,\"comparison\":\"frozen\"}".formatted(name)), text);
        }
        assertThat(counts()).isEqualTo(before);
    }

    private static boolean refused(Answer answer) {
        return answer.status() >= 400 && answer.status() < 500 && answer.type().startsWith("application/problem+json")
                && !answer.raw().body().contains("Exception") && answer.raw().body().length() < 2000;
    }

    private static void isProblem(Answer answer, String sent) {
        assertThat(answer.status()).as(sent).isBetween(400, 499);
        assertThat(answer.type()).as(sent).startsWith("application/problem+json");
        assertThat(answer.json().get("status").intValue()).as(sent).isEqualTo(answer.status());
        assertThat(answer.raw().body()).as(sent).doesNotContain("Exception")
                .hasSizeLessThan(2000 + answer.raw().uri().toString().length());
        assertThat(answer.header("Set-Cookie")).as(sent).isEmpty();
    }
}
