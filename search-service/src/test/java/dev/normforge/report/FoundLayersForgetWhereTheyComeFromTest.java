package dev.normforge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.TestDatabase;
import dev.normforge.export.Found;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.protocol.Presets;
import dev.normforge.protocol.ProtocolJson;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class FoundLayersForgetWhereTheyComeFromTest {

    private static final LayerGraph ANCESTOR = LayerGraph.of(Node.of(Elementwise.TANH, 0),
            Node.of(Elementwise.ADD, 0, 4));
    private static final LayerGraph PARENT = ANCESTOR.with(4, Node.of(Elementwise.SIGMOID, 3));
    private static final LayerGraph CHILD = PARENT.with(5, Node.of(Elementwise.MUL, 0, 4));

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private StoredSearch search;

    @BeforeEach
    void begin() {
        search = new StoredSearch(JdbcClient.create(database.dataSource()), ProtocolJson.write(Presets.read("smoke")));
        search.calibrated(Calibration.of(List.of("resnet", "mobilenetv2"),
                List.of(Runs.reference("bn-relu", 1, 300, 280), Runs.reference("bn-relu", 2, 310, 290))));
        search.birth(1, "ancestor of " + search.name);
        search.genotype(1, ANCESTOR);
        search.birth(2, "another of " + search.name);
        search.mutant(3, 1, PARENT);
        search.mutant(7, 3, CHILD);
        search.set("births = 8");
        search.arrived(1, 250, 270);
        search.arrived(7, 300, 320);
    }

    private Found found(int birth) {
        return new Provenances(search.jdbc).find(search.id, birth).orElseThrow().found();
    }

    @Test
    void theLineageLeadsFromTheRandomAncestorWithEveryMutation() {
        assertThat(found(7).lineage()).containsExactly(
                new Found.Ancestor(1, List.of(), "x + tanh(x)", 0.26),
                new Found.Ancestor(3, List.of("n1: tanh(x) → sigmoid(v1)"), "x + sigmoid(v1)", null),
                new Found.Ancestor(7, List.of("n2: add(x, n1) → mul(x, n1)"), "x * sigmoid(v1)", 0.31));
    }

    @Test
    void scoresStandWithTheirNoiseAndTheCountsBehindThem() {
        var found = found(7);
        assertThat(found.arrival()).isEqualTo(2);
        assertThat(found.fate()).isEqualTo("scored");
        assertThat(found.noise()).isNotNull().isCloseTo(0.01 / Math.sqrt(2), within(1e-9));
        assertThat(found.scores()).singleElement().satisfies(score -> {
            assertThat(score.images()).isEqualTo("search");
            assertThat(score.seeds()).isOne();
            assertThat(score.mean()).isCloseTo(0.31, within(1e-9));
            assertThat(score.low()).isLessThan(0.31);
            assertThat(score.high()).isGreaterThan(0.31);
        });
        assertThat(found.counts()).containsExactly(new Found.Count("search", 0, 100, "resnet", 300, 1000),
                new Found.Count("search", 0, 100, "mobilenetv2", 320, 1000));
    }

    @Test
    void confirmationStandsBesideBnReluAndTestImagesStaySealed() {
        for (int seed = 1; seed <= 3; seed++) {
            long mine = search.evaluation("CONFIRMATION", 2, 7, null, seed, false);
            search.scored(mine, 2000, 840 + seed, 840 + seed);
            search.sealed(mine, 4000, 1700, 1700);
            search.scored(search.evaluation("CONFIRMATION", 2, null, "bn-relu", seed, false), 2000, 820 + seed,
                    820 + seed);
        }
        search.confirming(Presets.read("smoke").proxy());
        search.jdbc.sql("update evaluation set proxy_hash = (select hash from proxy where spec <> '{}' limit 1)")
                .update();
        search.set("phase = 'CONFIRMATION'");
        assertThat(found(7).scores()).extracting(Found.Score::images).containsExactly("search", "confirm");
        assertThat(found(7).scores().getLast().seeds()).isEqualTo(3);
        assertThat(found(7).scores().getLast().beyond()).isNotNull()
                .satisfies(beyond -> assertThat(beyond.mean()).isCloseTo(0.01, within(1e-9)));
        search.set("phase = 'REPORT'");
        assertThat(found(7).scores()).extracting(Found.Score::images).containsExactly("search", "confirm", "test");
    }

    @Test
    void aLayerThatWasNeverScoredHasNoScoresAndSaysWhy() {
        search.birth(4, "refused of " + search.name, "STACK");
        assertThat(found(4).scores()).isEmpty();
        assertThat(found(4).fate()).isEqualTo("screened out: STACK_GROWTH");
        search.birth(5, "weak of " + search.name);
        search.rejected(search.evaluation("EVOLUTION", 0, 5, null, 0, false), "QUALITY", "high-loss", 1000);
        assertThat(found(5).fate()).isEqualTo("rejected: high-loss");
        assertThat(found(2).fate()).isEqualTo("not yet trained");
        assertThat(new Provenances(search.jdbc).find(search.id, 99)).isEmpty();
    }

    @Test
    void aSearchThatOnlyAnotherVersionUnderstandsStillGivesItsLayers() {
        search.set("spec = jsonb_set(spec, '{proxy,novelty}', '1')");
        assertThat(found(7).conditions()).contains("Another version");
        assertThat(found(7).lineage()).hasSize(3);
    }
}
