package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every documented GET, well and badly asked, against a digest of all tables before and after. */
class ReadingChangesSomethingTest extends ServiceUnderTest {

    private static final List<String> QUERIES = List.of("", "?size=2", "?before=3", "?after=1", "?at=1", "?size=x",
            "?by=BEHAVIOUR", "?name=Mine");

    private Map<String, String> tables() {
        var digests = new TreeMap<String, String>();
        for (var table : jdbc.sql("select tablename from pg_tables where schemaname = 'public'").query(String.class)
                .list()) {
            digests.put(table, jdbc.sql("""
                    select count(*) || ' ' || coalesce(md5(string_agg(line, ';' order by line)), '')
                      from (select t::text as line from "%s" t) lines
                    """.formatted(table)).query(String.class).single());
        }
        return digests;
    }

    @Test
    void noGetDoes() throws IOException {
        var search = new StoredSearch(jdbc, "cifar10");
        search.calibrated(0.38, 0.365, 0.35, 0.24);
        int parent = search.born("x * sigmoid(x) / 2", null);
        search.stands(parent, search.arrives(parent, 0.3, 0.3, 0.3));
        search.arrives(search.born("tanh(x)", parent), 0.4, 0.4, 0.4);
        search.worker("reading-" + search.name, search.ordered(search.born("abs(x)", null)));
        var comparison = "reading-" + search.name;
        assertThat(post("/api/v1/comparisons", "{\"name\": \"%s\", \"comparison\": \"frozen\"}".formatted(comparison))
                .status()).isEqualTo(201);
        var worker = jdbc.sql("select max(id)::text from worker").query(String.class).single();
        var known = Map.of("worker", worker, "search", search.name, "comparison", comparison, "birth",
                String.valueOf(parent), "layer",
                "evonorm-s0", "file", "layer.json", "plot", "none");
        var before = tables();
        assertThat(before).containsKeys("search", "candidate", "arrival", "worker", "scheduled_tasks");
        var operations = new Documented(read("/api/v1/openapi.json")).operations().stream()
                .filter(Documented.Operation::reads).toList();
        for (var operation : operations) {
            var address = Documented.address(operation, known);
            if (operation.types(200).contains("text/event-stream")) {
                listen(address + (address.endsWith("/curves/events") ? "?searches=" + search.name : ""));
                continue;
            }
            QUERIES.forEach(query -> assertThat(get(address + query).status()).as(address).isLessThan(500));
            send("HEAD", address, null);
            send("OPTIONS", address, null);
        }
        assertThat(operations).hasSizeGreaterThan(30);
        assertThat(tables()).isEqualTo(before);
    }

    /** The first line, then the connection is cut. */
    private void listen(String address) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n".formatted(
                    address, authorization()).getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 200");
        }
    }
}
