package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The file holds what the pages of candidates hold, whole or not at all, and no spreadsheet runs anything in it. */
class CandidatesCsvMisleadsTest extends ServiceUnderTest {

    private static final List<String> COLUMNS = List.of("birth", "origin", "parent", "state", "stage", "reason",
            "ordinal", "formula", "operations", "tensor_passes", "batch_statistics", "mean_accuracy", "resnet_correct",
            "resnet_total", "mobilenetv2_correct", "mobilenetv2_total", "efficientnet_correct", "efficientnet_total",
            "created_at");

    private static String path(StoredSearch search) {
        return search.path() + "/candidates.csv";
    }

    @Test
    void everyCandidateOfThePagesStandsInTheFile() {
        var search = new StoredSearch(jdbc, "cifar10");
        int parent = search.born("max(x, 0), \"quoted\"\r\nand broken", null);
        search.arrives(parent, 0.4, 0.3, 0.2);
        search.rejected(search.born("x + 1", parent));
        search.screened("x");
        search.born("abs(x)", null);
        var answer = get(path(search));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(answer.header("Content-Disposition")).contains("attachment", ".csv");
        var rows = rows(answer.raw().body());
        var items = read(search.path() + "/candidates?size=1000").get("items").valueStream().toList().reversed();
        assertThat(rows).hasSameSizeAs(items).hasSize(4);
        for (int i = 0; i < rows.size(); i++) {
            same(rows.get(i), items.get(i));
        }
    }

    private static void same(Map<String, String> row, JsonNode item) {
        Map.of("birth", "birth", "origin", "origin", "parent", "parent", "state", "state", "stage", "stage", "reason",
                "reason", "ordinal", "ordinal", "formula", "formula", "operations", "operations", "batch_statistics",
                "batchStatistics")
                .forEach((column, field) -> assertThat(row.get(column)).as(column).isEqualTo(text(item.get(field))));
        assertThat(row).containsEntry("tensor_passes", text(item.get("tensorPasses")))
                .containsEntry("created_at", text(item.get("createdAt")))
                .containsEntry("mean_accuracy", text(item.at("/scores/mean")))
                .containsEntry("mobilenetv2_correct", text(item.at("/scores/correct/1")))
                .containsEntry("efficientnet_total", text(item.at("/scores/total/2")));
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "" : value.asString();
    }

    @Test
    void noCellIsAFormula() {
        var search = new StoredSearch(jdbc, "cifar10");
        var cells = List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "\"=1\"");
        cells.forEach(cell -> search.born(cell, null));
        search.set("spec = jsonb_set(spec, '{proxy,anchors,0,name}', '\"=evil\"')");
        var body = get(path(search)).raw().body();
        assertThat(body.lines().findFirst().orElseThrow()).contains(",'=evil_correct,'=evil_total,");
        assertThat(rows(body).stream().map(row -> row.get("formula"))).containsExactly("'=1+1", "'+1", "'-1",
                "'@SUM(A1)", "'\t=1", "'\r=1", "'=cmd|' /C calc'!A0", "\"=1\"");
    }

    @Test
    void whatIsNotThereIsAProblemAndNoFile() {
        assertThat(get("/api/v1/searches/none/candidates.csv").type()).startsWith("application/problem+json");
        var search = new StoredSearch(jdbc, "cifar10");
        assertThat(rows(get(path(search)).raw().body())).isEmpty();
        assertThat(send("GET", path(search), null, "Accept", "application/xml").status()).isEqualTo(406);
    }

    /** Half a file that looks whole would be taken for a search's every candidate. */
    @Test
    void aFileThatBreaksOffDoesNotEnd() throws IOException, InterruptedException {
        var search = new StoredSearch(jdbc, "cifar10");
        search.born("x", null);
        jdbc.sql("""
                insert into candidate (search_id, birth, origin, seen, genotype, phenotype_id, fate)
                select search_id, number, origin, seen, genotype, phenotype_id, fate
                  from candidate, generate_series(1, 200000) number where search_id = :id
                """).param("id", search.id).update();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create(origin() + path(search)))
                    .header("Authorization", authorization()).build(),
                    BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            try (var body = answer.body()) {
                assertThat(body.readNBytes(1000)).as("the first rows come before the last are read").hasSize(1000);
                assertThat(jdbc
                        .sql("""
                                select count(pg_terminate_backend(pid)) from pg_stat_activity
                                 where datname = current_database() and pid <> pg_backend_pid() and query like '%order by c.birth'
                                   and state <> 'idle'
                                """)
                        .query(Long.class).single()).as("half-read by a cursor").isEqualTo(1);
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
        }
    }

    /** By the names of their columns, as RFC 4180 reads them. */
    private static List<Map<String, String>> rows(String csv) {
        var lines = new ArrayList<List<String>>();
        var line = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char letter = csv.charAt(i);
            if (letter == '"') {
                boolean escaped = quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"';
                if (escaped) {
                    cell.append(csv.charAt(++i));
                } else {
                    quoted = !quoted;
                }
            } else if (quoted || letter != ',' && letter != '\r' && letter != '\n') {
                cell.append(letter);
            } else if (letter != '\r') {
                line.add(cell.toString());
                cell.setLength(0);
                if (letter == '\n') {
                    lines.add(List.copyOf(line));
                    line.clear();
                }
            }
        }
        assertThat(line).as("the last line ends too").isEmpty();
        var names = lines.getFirst();
        assertThat(names).hasSameSizeAs(COLUMNS);
        return lines.stream().skip(1).map(cells -> {
            assertThat(cells).hasSameSizeAs(names);
            var row = new LinkedHashMap<String, String>();
            for (int i = 0; i < names.size(); i++) {
                row.put(names.get(i), cells.get(i));
            }
            return (Map<String, String>) row;
        }).toList();
    }
}
