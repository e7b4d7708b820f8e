package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.protocol.NativeLayer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchesAreReadTest extends ServiceUnderTest {

    private StoredSearch search;

    @BeforeEach
    void stored() {
        search = new StoredSearch(jdbc, "synthetic");
        search.calibrated(0.38, 0.36, 0.35, 0.24);
        int weak = search.born("tanh(x)", null);
        int strong = search.born("x * sigmoid(x)", weak);
        search.screened("v0");
        int poor = search.born("exp(x)", null);
        search.stands(weak, search.arrives(weak, 0.30, 0.31, 0.32));
        int second = search.arrives(strong, 0.40, 0.41, 0.42);
        search.leaves(weak, second);
        search.stands(strong, second);
        search.rejected(poor);
        search.funnel("STATIC", "CONSTANT_OVER_SPACE", 1, 0, 0);
        search.funnel("QUALITY", "high-loss", 1, 20, 220);
        search.funnel("SCORED", "scored", 2, 480, 0);
        search.worker("worker-" + search.name, search.ordered(search.born("abs(x)", null)));
    }

    @Test
    void aSearchShowsItsPhaseCountsFunnelBestLayerAndLabel() {
        var detail = read(search.path());
        assertThat(detail.at("/search/phase").stringValue()).isEqualTo("EVOLUTION");
        assertThat(detail.at("/search/data").stringValue()).isEqualTo("synthetic");
        assertThat(detail.at("/search/births").intValue()).isEqualTo(5);
        assertThat(detail.at("/search/arrivals").intValue()).isEqualTo(3);
        assertThat(detail.at("/search/best/formula").stringValue()).isEqualTo("x * sigmoid(x)");
        assertThat(detail.at("/search/best/accuracy/mean").doubleValue()).isCloseTo(0.41, within(1e-3));
        assertThat(detail.at("/search/verdict").stringValue()).contains("normalization");
        assertThat(detail.get("anchors").valueStream().map(anchor -> anchor.stringValue()))
                .containsExactly("resnet", "mobilenetv2", "efficientnet");
        assertThat(detail.at("/funnel/1/stepsSaved").intValue()).isEqualTo(220);
        assertThat(detail.at("/calibration/references")).hasSize(4);
        assertThat(detail.at("/spec/preset").stringValue()).isEqualTo("laptop");
    }

    @Test
    void anAuditIsAsFarAsItsAudits() {
        search.funnel("AUDIT", "STACK", 3, 720, 0);
        jdbc.sql("""
                update search set spec = jsonb_set(spec, '{budget}', '{"audits": 12}') where id = :id""")
                .param("id", search.id).update();
        assertThat(read(search.path()).at("/progress/done").doubleValue()).isEqualTo(0.25);
    }

    @Test
    void aSearchWhoseSpecificationOnlyAnotherVersionUnderstandsIsShown() {
        jdbc.sql("update search set spec = spec || '{\"novelty\": 1}' where id = :id").param("id", search.id).update();
        var detail = read(search.path());
        assertThat(detail.at("/search/endingNote").stringValue()).startsWith("left alone");
        assertThat(detail.get("anchors")).hasSize(3);
        assertThat(detail.at("/spec/novelty").intValue()).isOne();
    }

    @Test
    void nameAndIdFindTheSameSearch() {
        assertThat(read("/api/v1/searches/" + search.id).at("/search/name").stringValue()).isEqualTo(search.name);
    }

    @Test
    void theFrontIsShownAsItWas() {
        assertThat(births(read(search.path() + "/front").get("members"))).containsExactly(1);
        assertThat(births(read(search.path() + "/front?at=1").get("members"))).containsExactly(0);
        assertThat(births(read(search.path() + "/front?at=0").get("members"))).isEmpty();
    }

    @Test
    void eachCandidateSaysWhatBecameOfIt() {
        var items = read(search.path() + "/candidates").get("items");
        assertThat(items.valueStream().map(item -> item.get("state").stringValue())).containsExactly("UNSETTLED",
                "REJECTED", "SCREENED", "SCORED", "SCORED");
        assertThat(items.get(1).get("reason").stringValue()).isEqualTo("high-loss");
        assertThat(items.get(2).get("stage").stringValue()).isEqualTo("STATIC");
        assertThat(items.get(2).get("value").isNull()).as("NaN is no JSON").isTrue();
        assertThat(items.get(3).get("parent").intValue()).isZero();
    }

    @Test
    void oneCandidateCarriesItsLayerFileAndItsTerms() {
        var detail = read(search.path() + "/candidates/1");
        assertThat(detail.at("/graph/format").stringValue()).isEqualTo("normforge.layer/1");
        assertThat(detail.at("/graph/groups").intValue()).as("the proxy's, not the default").isEqualTo(4);
        assertThat(detail.get("phenotype").valueStream().map(term -> term.get("term").stringValue())).contains("x",
                "sigmoid", "mul");
        assertThat(detail.at("/evaluations/0/outcome").stringValue()).isEqualTo("SCORED");
        assertThat(detail.at("/candidate/scores/correct/0").intValue()).isEqualTo(768);
        assertThat(births(read(search.path() + "/candidates/0").get("children"))).containsExactly(1);
    }

    @Test
    void workersAreListedWithWhatTheyTrain() {
        var worker = read("/api/v1/workers").valueStream()
                .filter(one -> one.get("name").stringValue().equals("worker-" + search.name)).findFirst().orElseThrow();
        assertThat(worker.get("search").longValue()).isEqualTo(search.id);
        assertThat(worker.get("birth").intValue()).isEqualTo(4);
        assertThat(worker.get("step").intValue()).isEqualTo(33);
    }

    @Test
    void presetsAndNamedLayersAreListed() {
        assertThat(read("/api/v1/presets").valueStream().map(preset -> preset.get("name").stringValue()))
                .contains("laptop", "smoke");
        var layers = read("/api/v1/layers");
        assertThat(layers.valueStream().map(layer -> layer.get("name").stringValue())).contains("bn-relu",
                "evonorm-s0");
        assertThat(layers.get(0).at("/graph/nodes").size()).isPositive();
        var written = layers.valueStream().filter(layer -> layer.get("kind").stringValue().equals("native")).toList();
        assertThat(written).extracting(layer -> layer.get("name").stringValue())
                .containsExactlyElementsOf(NativeLayer.labels());
        assertThat(written).allSatisfy(layer -> {
            assertThat(layer.get("formula").stringValue()).contains("x");
            assertThat(layer.get("source").stringValue()).contains("arXiv");
            assertThat(layer.get("graph").isNull()).isTrue();
        });
    }

    @Test
    void theReportOfAFinishedSearchIsReadAsItWasWritten() {
        search.finished(1, "x * sigmoid(x)");
        var report = read(search.path() + "/report");
        assertThat(report.propertyNames()).contains("search", "seed", "preset", "data", "calibration", "funnel",
                "front",
                "confirmed", "references", "sentence");
        assertThat(report.at("/confirmed/0/layer").stringValue()).isEqualTo("birth-1");
        assertThat(report.at("/confirmed/0/graph/format").stringValue()).isEqualTo("normforge.layer/1");
    }

    @Test
    void readingChangesNothing() {
        var before = jdbc.sql("select md5(string_agg(s::text, '')) from search s").query(String.class).single();
        for (var path : List.of("", "/front", "/candidates", "/candidates/1", "/arrivals", "/report", "/pause",
                "/resume", "/cancel")) {
            get(search.path() + path);
        }
        assertThat(jdbc.sql("select md5(string_agg(s::text, '')) from search s").query(String.class).single())
                .isEqualTo(before);
    }

    @Test
    void everyAnswerForbidsForeignContent() {
        for (var path : List.of("/", "/search.html", search.path(), "/nothing")) {
            var policy = get(path).header("Content-Security-Policy");
            assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe").doesNotContain("http");
        }
    }

    @Test
    void theChartLibraryIsServedFromHere() {
        var script = get("/_static/echarts/6.0.0/dist/echarts.min.js");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.type()).contains("javascript");
        assertThat(script.raw().body()).contains("echarts");
    }

    private static List<Integer> births(tools.jackson.databind.JsonNode members) {
        return members.valueStream()
                .map(member -> member.isObject() ? member.get("birth").intValue() : member.intValue())
                .toList();
    }
}
