package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.Grids;
import dev.normforge.protocol.ComparisonSpec.Expectation;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.search.Comparisons;
import dev.normforge.search.SearchId;
import dev.normforge.search.SimulatedTraining;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What pages show of a comparison, against its runs. */
class TablesOfComparisonsMisstateTest extends ServiceUnderTest {

    @Autowired
    private Comparisons comparisons;

    @Autowired
    private ApplicationContext service;

    private final String name = "told-" + UUID.randomUUID();
    private final String path = "/api/v1/comparisons/" + name;
    private SearchId id = new SearchId(0);

    @BeforeEach
    void created() {
        id = comparisons.create(name, Grids.of("bn-relu", "gn-relu").batches(8, 16).evaluations(2).seeds(2)
                .expecting(part("bn-relu", 1), part("gn-relu", -1)).spec(), Duration.ZERO).id();
    }

    private static Expectation.Part part(String layer, double weight) {
        return new Expectation.Part(weight, layer, null, null, null, null, null, null, null, null);
    }

    private ComparisonResult result() {
        return ProtocolJson.readOwn(get(path + "/result").raw().body(), ComparisonResult.class);
    }

    private static double mean(ComparisonResult result, String layer, String anchor, int batch, int seed) {
        return result.cells().stream()
                .filter(cell -> cell.cell().layer().equals(layer) && cell.cell().anchor().equals(anchor)
                        && cell.cell().batch() == batch)
                .map(CellResult::runs).map(runs -> runs.get(seed))
                .mapToDouble(run -> 100.0 * run.correct() / run.total())
                .findFirst().orElseThrow();
    }

    private JsonNode table(String title) {
        return read(path + "/tables").get("tables").valueStream()
                .filter(one -> one.get("title").stringValue().equals(title)).findFirst().orElseThrow();
    }

    @Test
    void cellsHoldTheMeanOfTheirSeedsAndItsInterval() {
        new SimulatedTraining(service).finish(id);
        var result = result();
        var anchor = result.cells().getFirst().cell().anchor();
        var table = table(anchor);
        assertThat(table.get("unit").stringValue()).isEqualTo("%");
        assertThat(table.get("columns").valueStream().map(JsonNode::stringValue)).containsExactly("batch 8",
                "batch 16");
        assertThat(table.get("rows").valueStream().map(row -> row.get("layer").stringValue()))
                .containsExactly("bn-relu", "gn-relu");
        double one = mean(result, "gn-relu", anchor, 16, 0);
        double other = mean(result, "gn-relu", anchor, 16, 1);
        var cell = table.at("/rows/1/cells/1");
        assertThat(cell.get("mean").doubleValue()).isCloseTo((one + other) / 2, within(1e-9));
        assertThat(cell.get("seeds").intValue()).isEqualTo(2);
        assertThat(one).isNotEqualTo(other);
        double half = 12.7062 * Math.abs(one - other) / 2; // Student's t for one degree of freedom
        assertThat(cell.get("low").doubleValue()).isCloseTo((one + other) / 2 - half, within(0.01));
        assertThat(cell.get("high").doubleValue()).isCloseTo((one + other) / 2 + half, within(0.01));
        assertThat(cell.get("text").stringValue()).contains("±");
        assertThat(table("mean over 2 anchors").at("/rows/1/cells/1/mean").doubleValue()).isCloseTo(
                result.cells().stream().map(CellResult::cell).map(each -> each.anchor()).distinct()
                        .mapToDouble(
                                each -> (mean(result, "gn-relu", each, 16, 0) + mean(result, "gn-relu", each, 16, 1))
                                        / 2)
                        .average().orElseThrow(),
                within(1e-9));
    }

    @Test
    void theSameWordsStandOnThePageInMarkdown() {
        new SimulatedTraining(service).finish(id);
        var markdown = get(path + "/comparison.md").raw().body();
        var tables = read(path + "/tables");
        var finding = tables.at("/findings/0");
        assertThat(markdown).contains(finding.get("verdict").stringValue());
        assertThat(finding.get("measured").stringValue()).contains("points");
        assertThat(tables.get("facts").valueStream().map(JsonNode::stringValue))
                .anyMatch(fact -> fact.startsWith("2 seeds (1 to 2)"));
        assertThat(tables.get("layers").valueStream().map(layer -> layer.get("label").stringValue()))
                .containsExactly("bn-relu", "gn-relu");
        assertThat(tables.at("/layers/0/published").booleanValue()).isTrue();
        assertThat(markdown).contains(tables.at("/layers/0/formula").stringValue());
        assertThat(tables.at("/sizes/rows/0/0").stringValue()).isEqualTo("bn-relu");
        assertThat(markdown).contains(tables.at("/sizes/rows/0/1").stringValue());
        assertThat(markdown).contains(table("mean over 2 anchors").at("/rows/0/cells/0/text").stringValue());
    }

    @Test
    void theBestCellIsTheHighestOfTheFirstTable() {
        assertThat(read(path + "/glance").get("best").isNull()).isTrue();
        new SimulatedTraining(service).finish(id);
        var glance = read(path + "/glance");
        assertThat(glance.get("layers").intValue()).isEqualTo(2);
        assertThat(glance.get("conditions").valueStream().map(JsonNode::stringValue)).contains("batch 8, 16");
        double highest = table("mean over 2 anchors").get("rows").valueStream()
                .flatMap(row -> row.get("cells").valueStream()).mapToDouble(cell -> cell.get("mean").doubleValue())
                .max()
                .orElseThrow();
        assertThat(glance.at("/best/mean").doubleValue()).isEqualTo(highest);
        assertThat(glance.at("/best/table").stringValue()).isEqualTo("mean over 2 anchors");
        assertThat(List.of("bn-relu", "gn-relu")).contains(glance.at("/best/layer").stringValue());
    }

    @Test
    void whatWasKeptIsShownThoughMoreHasSettled() {
        var training = new SimulatedTraining(service);
        training.train(id, 4);
        var before = read(path + "/tables");
        assertThat(read(path + "/tables")).isEqualTo(before);
        assertThat(before.get("notes").valueStream().map(JsonNode::stringValue))
                .containsExactly("12 of 16 runs are not done yet");
        training.train(id, 8);
        assertThat(read(path + "/tables").get("notes").valueStream().map(JsonNode::stringValue))
                .containsExactly("8 of 16 runs are not done yet");
        // Nobody has taken this in, so that the revision is what it was.
        jdbc.sql(
                "delete from outcome where evaluation_id = (select max(evaluation_id) from outcome where search_id = :id)")
                .param("id", id.value()).update();
        assertThat(read(path + "/tables").get("notes").valueStream().map(JsonNode::stringValue))
                .containsExactly("9 of 16 runs are not done yet");
        assertThat(read(path + "/plots").size()).isPositive();
    }
}
