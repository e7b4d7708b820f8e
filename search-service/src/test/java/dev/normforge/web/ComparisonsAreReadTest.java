package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.GraphJson;
import dev.normforge.graph.NamedLayers;
import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.Grids;
import dev.normforge.protocol.ComparisonSpec;
import dev.normforge.protocol.NamedComparisons;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.TransferAnchors;
import dev.normforge.search.Comparisons;
import dev.normforge.search.SearchId;
import dev.normforge.search.SimulatedTraining;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.w3c.dom.Element;

class ComparisonsAreReadTest extends ServiceUnderTest {

    /** Two layers, two anchors, two batches: eight trainings of 16 runs. */
    private static final ComparisonSpec SPEC = Grids.of("bn-relu", "gn-relu").batches(8, 16).evaluations(2).seeds(2)
            .spec();

    @Autowired
    private Comparisons comparisons;

    @Autowired
    private ApplicationContext service;

    private final String name = "compared-" + UUID.randomUUID();
    private final String path = "/api/v1/comparisons/" + name;
    private SearchId id = new SearchId(0);

    @BeforeEach
    void created() {
        id = comparisons.create(name, SPEC, Duration.ZERO).id();
    }

    private ComparisonResult result() {
        var answer = get(path + "/result");
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/json");
        return ProtocolJson.readOwn(answer.raw().body(), ComparisonResult.class);
    }

    @Test
    void whatIsThereSoFarIsShownWhileItRuns() {
        new SimulatedTraining(service).train(id, 4);
        var detail = read(path);
        assertThat(detail.at("/comparison/name").stringValue()).isEqualTo(name);
        assertThat(detail.at("/comparison/phase").stringValue()).isEqualTo("COMPARISON");
        assertThat(detail.at("/progress/runs").intValue()).isEqualTo(16);
        assertThat(detail.at("/progress/done").intValue()).isEqualTo(4);
        assertThat(detail.at("/spec/grid/batches/1").intValue()).isEqualTo(16);
        assertThat(result()).isEqualTo(comparisons.result(id));
        assertThat(result().notes()).containsExactly("12 of 16 runs are not done yet");
        assertThat(result().cells().stream().mapToInt(cell -> cell.runs().size()).sum()).isEqualTo(4);
        assertThat(get(path + "/cells.csv").raw().body().lines().filter(row -> row.contains(",missing,"))).hasSize(12);
        assertThat(get(path + "/comparison.md").raw().body()).contains("12 of 16 runs are not done yet");
    }

    @Test
    void theResultOfAFinishedOneIsTheOneThatWasStored() {
        new SimulatedTraining(service).finish(id);
        assertThat(read(path).at("/comparison/ending").stringValue()).isEqualTo("COMPLETED");
        var result = result();
        assertThat(result).isEqualTo(comparisons.result(id));
        assertThat(result.cells()).hasSize(8).allMatch(cell -> cell.runs().size() == 2);
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void tablesForOtherProgramsHaveARowForEachRun() {
        new SimulatedTraining(service).finish(id);
        var cells = get(path + "/cells.csv");
        assertThat(cells.type()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(cells.raw().body()).startsWith("comparison,layer,anchor,batch,");
        assertThat(cells.raw().body().lines()).hasSize(1 + 16).filteredOn(row -> row.startsWith(name + ",bn-relu,"))
                .hasSize(8).allMatch(row -> row.contains(",done,"));
        assertThat(get(path + "/curves.csv").raw().body().lines().filter(row -> row.contains(",evaluation,")))
                .as("two evaluations of each run").hasSize(32);
    }

    @Test
    void everyChartIsListedAndIsAnImageWithoutAnythingThatRuns() throws Exception {
        new SimulatedTraining(service).finish(id);
        var plots = read(path + "/plots").valueStream().toList();
        assertThat(plots.stream().map(plot -> plot.get("name").stringValue())).contains("score-by-batch-mean")
                .doesNotHaveDuplicates();
        for (var plot : plots) {
            var answer = get(path + "/plots/" + plot.get("name").stringValue() + ".svg");
            assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
            assertThat(answer.type()).startsWith("image/svg+xml");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy")).isEqualTo(Access.CONTENT_SECURITY_POLICY);
            var elements = elements(answer.raw().body());
            assertThat(elements.getFirst().getTagName()).isEqualTo("svg");
            assertThat(elements).as("what the policy would strip, or run")
                    .noneMatch(one -> List.of("script", "style", "foreignObject", "image", "use", "a")
                            .contains(one.getTagName()))
                    .allSatisfy(ComparisonsAreReadTest::hasPlainAttributes);
            assertThat(elements).filteredOn(one -> one.getTagName().equals("title")).first()
                    .extracting(Element::getTextContent).isEqualTo(plot.get("title").stringValue());
        }
        assertThat(get(path + "/plots/no-such-plot.svg").status()).isEqualTo(404);
        assertThat(send("GET", path + "/plots/no-such-plot.svg", null, "Accept", "image/svg+xml").type())
                .startsWith("application/problem+json");
    }

    private static List<Element> elements(String svg) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var nodes = factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(UTF_8)))
                .getElementsByTagName("*");
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static void hasPlainAttributes(Element element) {
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            assertThat(attributes.item(i).getNodeName()).isNotEqualTo("style").doesNotContain("href")
                    .doesNotStartWith("on");
        }
    }

    @Test
    void linksOfThePageLeadToCharts() {
        new SimulatedTraining(service).finish(id);
        var page = get(path + "/comparison.md");
        assertThat(page.type()).isEqualTo("text/markdown;charset=UTF-8");
        var links = Pattern.compile("\\]\\((plots/[^)]+)\\)").matcher(page.raw().body()).results()
                .map(link -> link.group(1)).toList();
        assertThat(links).hasSameSizeAs(read(path + "/plots").valueStream().toList()).isNotEmpty();
        assertThat(links).allMatch(link -> get(path + "/" + link).status() == 200);
    }

    @Test
    void everyGraphIsReadAsALayerFile() {
        var formulas = get(path + "/layers.csv");
        assertThat(formulas.type()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(formulas.raw().body()).contains(name + ",bn-relu,\"max(v1 * ");
        var layer = get(path + "/layers/bn-relu.json");
        assertThat(layer.type()).startsWith("application/json");
        assertThat(GraphJson.read(layer.raw().body()).graph()).isEqualTo(NamedLayers.find("bn-relu").orElseThrow());
        var absent = get(path + "/layers/no-such-layer.json");
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.json().get("field").stringValue()).isEqualTo("layer");
    }

    @Test
    void nameAndIdFindTheSameComparisonAndNeitherFindsASearch() {
        var search = new StoredSearch(jdbc, "cifar10");
        assertThat(read("/api/v1/comparisons/" + id).at("/comparison/name").stringValue()).isEqualTo(name);
        for (var other : List.of(search.name, String.valueOf(search.id))) {
            for (var rest : List.of("", "/result", "/tables", "/glance", "/cells.csv", "/curves.csv", "/layers.csv",
                    "/layers/bn-relu.json",
                    "/comparison.md", "/plots",
                    "/plots/score-by-batch-mean.svg", "/events")) {
                assertThat(get("/api/v1/comparisons/" + other + rest).status()).as(rest).isEqualTo(404);
            }
            for (var order : List.of("/pause", "/resume", "/cancel")) {
                assertThat(post("/api/v1/comparisons/" + other + order, null).status()).as(order).isEqualTo(404);
            }
        }
        assertThat(get("/api/v1/comparisons/" + search.name).json().get("detail").stringValue())
                .endsWith("expected the name or id of a comparison: this is a search");
        assertThat(read("/api/v1/comparisons?size=1000").get("items").valueStream()
                .map(one -> one.get("name").stringValue())).contains(name).doesNotContain(search.name);
    }

    @Test
    void aComparisonThatIsNamedLikeASearchsIdHidesNoSearch() {
        var search = new StoredSearch(jdbc, "cifar10");
        comparisons.create(String.valueOf(search.id), SPEC, Duration.ZERO);
        assertThat(read("/api/v1/searches/" + search.id).at("/search/name").stringValue()).isEqualTo(search.name);
        assertThat(read("/api/v1/comparisons/" + search.id).at("/comparison/name").stringValue())
                .isEqualTo(String.valueOf(search.id));
    }

    @Test
    void whatOnlyAnotherVersionCanTellIsAConflict() {
        jdbc.sql("update search set evolution = evolution - 1, spec = spec || '{\"novelty\": 1}' where id = :id")
                .param("id", id.value()).update();
        var detail = read(path);
        assertThat(detail.at("/comparison/endingNote").stringValue()).startsWith("left alone: made by versions");
        assertThat(detail.at("/spec/novelty").intValue()).isOne();
        for (var rest : List.of("/result", "/tables", "/cells.csv", "/curves.csv", "/layers.csv",
                "/layers/bn-relu.json",
                "/comparison.md", "/plots",
                "/plots/score-by-batch-mean.svg")) {
            var answer = get(path + rest);
            assertThat(answer.status()).as(rest).isEqualTo(409);
            assertThat(answer.type()).startsWith("application/problem+json");
            assertThat(answer.json().get("detail").stringValue()).contains("made by versions");
        }
        assertThat(read(path + "/glance").get("untold").stringValue()).contains("made by versions");
    }

    @Test
    void aStoredResultThatThisVersionCannotReadIsAConflict() {
        new SimulatedTraining(service).finish(id);
        jdbc.sql("update search set report = report || '{\"novelty\": 1}' where id = :id").param("id", id.value())
                .update();
        var answer = get(path + "/result");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").stringValue()).contains("another version wrote", "novelty");
    }

    @Test
    void aResultStoredWhenFailuresWereTextIsStillRead() throws Exception {
        new SimulatedTraining(service).finish(id);
        jdbc.sql(
                """
                        update search set report = jsonb_set(report, '{cells,1,failures}', '["seed 12: worker-lost", "seed -3: a: b"]')
                        where id = :id
                        """)
                .param("id", id.value()).update();
        assertThat(get(path + "/result").status()).isEqualTo(409);
        try (var migration = getClass().getResourceAsStream("/db/migration/V5__failures_by_seed.sql")) {
            jdbc.sql(new String(Objects.requireNonNull(migration).readAllBytes(), UTF_8)).update();
        }
        assertThat(result().cells().get(1).failures()).containsExactly(new CellResult.Failed(12, "worker-lost"),
                new CellResult.Failed(-3, "a: b"));
        assertThat(result().cells().getFirst().failures()).isEmpty();
        assertThat(result().cells()).hasSize(8);
    }

    @Test
    void readingChangesNothing() {
        new SimulatedTraining(service).train(id, 3);
        var before = rows();
        for (var rest : List.of("", "/result", "/tables", "/glance", "/cells.csv", "/curves.csv", "/layers.csv",
                "/layers/bn-relu.json",
                "/comparison.md", "/plots",
                "/plots/score-by-batch-mean.svg", "/pause", "/resume", "/cancel")) {
            get(path + rest);
        }
        get("/api/v1/comparisons");
        get("/api/v1/named-comparisons");
        assertThat(rows()).isEqualTo(before);
    }

    private List<String> rows() {
        return List.of("search", "evaluation", "outcome", "scheduled_tasks").stream()
                .map(table -> jdbc.sql("select coalesce(md5(string_agg(t::text, '' order by t::text)), '') from %s t"
                        .formatted(table)).query(String.class).single())
                .toList();
    }

    @Test
    void namedComparisonsAndTransferAnchorsAreListed() {
        var named = read("/api/v1/named-comparisons").valueStream().toList();
        assertThat(named).extracting(one -> one.get("name").stringValue())
                .containsExactlyElementsOf(NamedComparisons.names());
        assertThat(named).allSatisfy(one -> assertThat(
                ProtocolJson.read(one.get("spec").toString(), ComparisonSpec.class))
                .isEqualTo(NamedComparisons.read(one.get("name").stringValue())));
        assertThat(named.getFirst().get("published").valueStream().map(one -> one.stringValue()))
                .anyMatch(finding -> finding.contains("BN-ReLU loses more accuracy than GN-ReLU"));
        var anchors = read("/api/v1/transfer-anchors").valueStream().toList();
        assertThat(anchors).extracting(one -> one.get("name").stringValue())
                .containsExactlyElementsOf(TransferAnchors.names());
        assertThat(anchors).filteredOn(one -> one.get("restores").booleanValue())
                .extracting(one -> one.get("name").stringValue()).containsExactly("unet-denoise", "unet-double");
        assertThat(anchors.getFirst().at("/spec/family").stringValue()).isEqualTo("PLAIN");
    }
}
