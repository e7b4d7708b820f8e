package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.report.Interval;
import dev.normforge.statistics.Sample;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Searches beside each other: alike ones are averaged, unlike ones said to be so. */
class UnlikeSearchesAreComparedTest extends ServiceUnderTest {

    private final String study = "study-" + UUID.randomUUID();

    /** With one scored layer after another, of these means, each a member of the front. */
    private StoredSearch search(String arm, int seed, double... means) {
        var search = new StoredSearch(jdbc, "cifar10");
        search.set("study = '%s', arm = '%s', seed = %d, spec = jsonb_set(spec, '{seed}', '%3$d')".formatted(study, arm,
                seed));
        search.calibrated(0.38, 0.365);
        for (double mean : means) {
            int birth = search.born("x * sigmoid(x)", null);
            search.stands(birth, search.arrives(birth, mean, mean, mean));
        }
        return search;
    }

    private static String names(StoredSearch... searches) {
        return Stream.of(searches).map(search -> search.name).collect(Collectors.joining(","));
    }

    private JsonNode compare(String query) {
        return read("/api/v1/curves?" + query);
    }

    private static List<String> notes(JsonNode view) {
        return view.get("notes").valueStream().map(JsonNode::stringValue).toList();
    }

    @Test
    void anArmsSearchesAreOneGroupWithMeanAndBand() {
        var one = search("evolution", 1, 0.30, 0.35, 0.33, 0.40);
        search("evolution", 2, 0.20, 0.42);
        search("evolution", 3, 0.31, 0.44, 0.45);
        search("random", 1, 0.20, 0.32);
        search("random", 2, 0.25, 0.25, 0.30);
        var view = compare("x=arrivals&study=" + study);
        assertThat(view.get("groups")).hasSize(2);
        var evolution = view.get("groups").get(0);
        assertThat(evolution.get("name").stringValue()).isEqualTo("evolution");
        var points = evolution.at("/mean/points");
        assertThat(points.valueStream().map(point -> point.get("x").longValue())).containsExactly(1L, 2L);
        assertThat(points.get(1).get("mean").doubleValue()).isCloseTo((0.35 + 0.42 + 0.44) / 3, within(1e-3));
        var random = view.get("groups").get(1);
        assertThat(random.get("searches").intValue()).isEqualTo(2);
        assertThat(random.get("mean").isNull()).as("two searches have no mean").isTrue();
        assertThat(view.get("contrast").isNull()).isTrue();
        assertThat(view.get("notes")).isEmpty();
        var first = view.get("searches").get(0);
        assertThat(first.at("/search/name").stringValue()).isEqualTo(one.name);
        assertThat(first.at("/curve/points").valueStream().map(point -> point.get("x").longValue()))
                .as("only what was better than all before").containsExactly(1L, 2L, 4L);
        assertThat(first.at("/curve/end").longValue()).isEqualTo(4);
        assertThat(first.get("beyondBnRelu").doubleValue()).isCloseTo(0.02, within(1e-3));
        assertThat(view.get("differences").valueStream().map(row -> row.get("field").stringValue()))
                .containsExactly("seed");
    }

    @Test
    void otherImagesOrNetworksAreNotDrawnAndSaidToBeOther() {
        var one = search("a", 1, 0.30);
        var two = search("a", 2, 0.31);
        var synthetic = search("a", 3, 0.90);
        synthetic.set("spec = jsonb_set(spec, '{proxy,data,name}', '\"synthetic\"')");
        var wide = search("b", 4, 0.80);
        wide.set("spec = jsonb_set(spec, '{proxy,anchors,0,width}', '0.25')");
        var gated = search("b", 5, 0.32);
        gated.set("spec = jsonb_set(spec, '{proxy,rejections,finalAccuracy}', '0.1')");
        var view = compare("searches=" + names(synthetic, one, wide, two, gated));
        assertThat(notes(view)).hasSize(2).anySatisfy(note -> assertThat(note).contains(synthetic.name,
                "not comparable", "data.name is synthetic, not cifar10"))
                .anySatisfy(note -> assertThat(note).contains(wide.name, "anchors[0].width is 0.25, not 0.125"));
        assertThat(view.get("searches").valueStream().map(row -> row.get("comparable").booleanValue()))
                .containsExactly(false, true, false, true, true);
        assertThat(view.at("/searches/0/curve/points")).isEmpty();
        assertThat(view.at("/searches/4/curve/points")).as("gates do not change a finished training's score")
                .hasSize(1);
        assertThat(view.at("/groups/0/searches").intValue()).isEqualTo(2);
    }

    @Test
    void anArmOfSeveralSpecificationsIsSaidToMixThem() {
        var one = search("a", 1, 0.30);
        var other = search("a", 2, 0.30);
        other.set("spec = jsonb_set(spec, '{strategy,window}', '32')");
        assertThat(notes(compare("searches=" + names(one, other)))).singleElement().asString().contains("Group a mixes",
                "strategy.window is 32, not 64", one.name, other.name);
    }

    @Test
    void withoutStudyTheSpecificationDecides() {
        var one = new StoredSearch(jdbc, "cifar10");
        var two = new StoredSearch(jdbc, "cifar10");
        two.set("seed = 2, spec = jsonb_set(spec, '{seed}', '2')");
        var random = new StoredSearch(jdbc, "cifar10");
        random.set("spec = jsonb_set(spec, '{strategy,freshProbability}', '1')");
        var view = compare("searches=" + names(one, random, two));
        assertThat(view.get("searches").valueStream().map(row -> row.get("group").intValue())).containsExactly(0, 1, 0);
        assertThat(view.get("groups").valueStream().map(group -> group.get("name").stringValue()))
                .containsExactly("laptop, 2 seeds", random.name);
        assertThat(view.get("differences").valueStream().map(row -> row.get("field").stringValue()))
                .containsExactly("seed", "strategy.freshProbability");
        assertThat(view.at("/differences/1/values").valueStream().map(JsonNode::stringValue)).containsExactly("0.15",
                "1", "0.15");
    }

    /** Welch's own numbers: 3 and 4 searches, computed by hand. */
    @Test
    void twoGroupsAreContrastedByWelch() {
        for (double value : new double[]{0.30, 0.32, 0.34}) {
            search("random", (int) (1000 * value), value);
        }
        for (double value : new double[]{0.40, 0.41, 0.43, 0.44}) {
            search("evolution", (int) (1000 * value), value);
        }
        var contrast = compare("study=" + study).get("contrast");
        assertThat(contrast.get("x").longValue()).isEqualTo(1);
        // s² = 4e-4 and 10e-4/3; standard error √(4e-4/3 + 10e-4/12) = 0.014720; ν = 4.27; t = 2.707
        assertThat(contrast.at("/difference/mean").doubleValue()).isCloseTo(0.10, within(1e-3));
        assertThat(contrast.at("/difference/high").doubleValue() - contrast.at("/difference/mean").doubleValue())
                .isCloseTo(2.707 * 0.014720, within(6e-4));
        assertThat(SideBySide.welch(new Sample(List.of(0.5, 0.5)), new Sample(List.of(0.25, 0.25))))
                .isEqualTo(new Interval(0.25, 0.25, 0.25));
    }

    @Test
    void confirmedLayersAndHypervolumesStandBesideTheSearch() {
        var search = search("a", 1, 0.40);
        jdbc.sql("insert into front_size values (:id, 1, 1, 0.064)").param("id", search.id).update();
        search.finished(0, "x * sigmoid(x)");
        var row = compare("y=hypervolume&searches=" + search.id).at("/searches/0");
        assertThat(row.at("/confirmed/formula").stringValue()).isEqualTo("x * sigmoid(x)");
        assertThat(row.at("/confirmed/confirm/mean").doubleValue()).isCloseTo(0.53, within(1e-9));
        assertThat(row.at("/confirmed/testBeyondBnRelu/mean").doubleValue()).isCloseTo(0.01, within(1e-9));
        assertThat(row.get("hypervolume").doubleValue()).isEqualTo(0.064);
        assertThat(row.at("/curve/points/0/value").doubleValue()).isEqualTo(0.064);
        assertThat(row.at("/bnRelu/mean").doubleValue()).isCloseTo(0.38, within(1e-9));
    }

    @Test
    void whatCannotBeComparedIsRefusedByItsParameter() {
        var search = search("a", 1);
        assertThat(get("/api/v1/curves").json().get("field").stringValue()).isEqualTo("searches");
        assertThat(get("/api/v1/curves?searches=,").status()).isEqualTo(400);
        assertThat(get("/api/v1/curves?searches=no-such").status()).isEqualTo(404);
        assertThat(get("/api/v1/curves?study=no-such").status()).isEqualTo(404);
        assertThat(get("/api/v1/curves?study=%s&arm=b".formatted(study)).status()).isEqualTo(404);
        assertThat(get("/api/v1/curves?searches=a%00b").status()).isEqualTo(400);
        for (var wrong : List.of("x=births", "y=loss", "spread=none", "x=TRAINED")) {
            var refused = get("/api/v1/curves?searches=%s&%s".formatted(search.name, wrong));
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.json().get("field").stringValue()).isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
        var many = Stream.generate(() -> search.name).limit(3).collect(Collectors.joining(","));
        assertThat(compare("searches=" + many + "&study=" + study).get("searches")).as("each once").hasSize(1);
    }
}
