package dev.normforge.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.graph.Layer;
import dev.normforge.graph.NamedLayers;
import dev.normforge.graph.Numerics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CardsClaimTooMuchTest {

    private static final Layer LAYER = new Layer(NamedLayers.find("evonorm-b0").orElseThrow(), Numerics.DEFAULT);
    private static final ModuleName NAME = new ModuleName("Mine");
    private static final List<Found.Score> SCORES = List.of(new Found.Score("search", 1, 0.401, 0.38, 0.42, null),
            new Found.Score("test", 3, 0.4372, 0.4251, 0.4493, new Found.Beyond(0.0193, -0.0011, 0.0397)));

    private static Export found(String data, List<Found.Score> scores, List<Found.Ancestor> lineage) {
        return new Export(NAME, LAYER, 8,
                new Provenance.Searched(
                        new Found("laptop-seed1", 1, "laptop", data, "FINISHED", 12, 9, "rejected: high-loss",
                                "Anchors resnet; images of 16×16 pixels.", lineage, scores, 0.0081,
                                List.of(new Found.Count("search", 0, Long.MIN_VALUE, "resnet", 401, 1000)),
                                new Found.Versions("0.1", 3, 2))));
    }

    private static String card(Export export) {
        return new String(Format.MARKDOWN.bytes(export), UTF_8);
    }

    @Test
    void everyScoreStandsWithItsIntervalItsSeedsAndWhatItSelected() {
        var card = card(found("cifar10", SCORES, List.of()));
        assertThat(card).contains("| search | 1 | 40.1 (38.0 to 42.0) | – | it was selected by this",
                "| test | 3 | 43.7 (42.5 to 44.9) | +1.9 (-0.1 to +4.0) | opened after the list of finalists was frozen",
                "standard deviation of 0.81 points", "Anchors resnet", "license: apache-2.0");
    }

    @Test
    void standInImagesAreNamed() {
        assertThat(card(found("synthetic", SCORES, List.of()))).contains("synthetic, a stand-in for CIFAR-10");
    }

    @Test
    void aLayerWithoutScoresHasNoTableOfThem() {
        assertThat(card(found("cifar10", List.of(), List.of())))
                .contains("not trained to the end (rejected: high-loss)")
                .doesNotContain("95 %");
    }

    @Test
    void aLongLineageIsCutAndSaysSo() {
        var long_ = IntStream.range(0, 60).mapToObj(i -> new Found.Ancestor(i,
                i == 0 ? List.of() : List.of("n1: tanh(x) → abs(x)"), "abs(x)", i % 2 == 0 ? null : 0.25)).toList();
        var card = card(found("cifar10", SCORES, long_));
        assertThat(card).contains("The youngest of 60 ancestors", "| 59 | `n1: tanh(x) → abs(x)` | `abs(x)` | 25.0 |")
                .doesNotContain("| 35 |").doesNotContain("random");
        var json = JsonMapper.shared().readTree(Format.PROVENANCE.bytes(found("cifar10", SCORES, long_)));
        assertThat(json.at("/found/lineage")).hasSize(60);
    }

    @Test
    void countsAndTheLayersFileAreBoundToTheProvenance() {
        var export = found("cifar10", SCORES, List.of());
        var json = JsonMapper.shared().readTree(Format.PROVENANCE.bytes(export));
        assertThat(json.at("/found/counts/0/seed").longValue()).isEqualTo(Long.MIN_VALUE);
        assertThat(json.at("/found/scores/0").has("beyond")).isFalse();
        assertThat(json.at("/layer/sha256").stringValue()).hasSize(64).isEqualTo(JsonMapper.shared()
                .readTree(Format.PROVENANCE.bytes(new Export(NAME, LAYER, 8))).at("/layer/sha256").stringValue());
    }

    @Test
    void everyProgramSaysItsLicenceAndWhereItComesFrom() {
        var lineage = List.of(new Found.Ancestor(3, List.of(), "abs(x)", null),
                new Found.Ancestor(12, List.of("n1: tanh(x) → abs(x)"), "abs(x)", 0.25));
        for (var format : List.of(Format.PYTORCH, Format.FLAX, Format.KERAS)) {
            assertThat(new String(format.bytes(found("cifar10", SCORES, lineage)), UTF_8)).startsWith(
                    """
                            # SPDX-License-Identifier: Apache-2.0
                            # Birth 12 of search laptop-seed1, 1 mutation from the random birth 3; lineage and evidence are in provenance.json.
                            ""\"Mine: a normalization-activation layer""");
        }
    }

    @Test
    void noLocaleChangesANumber() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(card(found("cifar10", SCORES, List.of()))).contains("43.7 (42.5 to 44.9)", "birth 12 of search");
        } finally {
            Locale.setDefault(before);
        }
    }
}
