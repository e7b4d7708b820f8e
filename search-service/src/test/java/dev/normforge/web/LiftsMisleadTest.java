package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LiftsMisleadTest extends ServiceUnderTest {

    private JsonNode traits(StoredSearch search, String query) {
        return read(search.path() + "/traits" + query);
    }

    private static JsonNode row(JsonNode answer, String name) {
        return answer.get("traits").valueStream().filter(row -> row.get("name").stringValue().equals(name)).findFirst()
                .orElseThrow();
    }

    private void counts(StoredSearch search, String trait, int proposed, int trained, int survived) {
        jdbc.sql("insert into trait values (:search, :trait, :proposed, :trained, :survived)")
                .param("search", search.id).param("trait", trait).param("proposed", proposed)
                .param("trained", trained).param("survived", survived).update();
    }

    /** Wilson's interval of 40 of 50: 0.670 to 0.888; of 0 of 50: 0 to 0.0714. */
    @Test
    void fewLayersHaveWideIntervals() {
        var search = new StoredSearch(jdbc, "cifar10");
        counts(search, "any", 1000, 100, 50);
        counts(search, "mul", 500, 80, 40);
        counts(search, "div", 10, 0, 0);

        var answer = traits(search, "");

        assertThat(answer.get("layers").intValue()).isEqualTo(50);
        assertThat(answer.get("baseLayers").intValue()).isEqualTo(1000);
        assertThat(answer.get("traits")).hasSize(31);
        var mul = row(answer, "mul");
        assertThat(answer.get("traits").get(0)).as("greatest lift first").isEqualTo(mul);
        assertThat(mul.at("/share/low").doubleValue()).isCloseTo(0.6696, within(5e-4));
        assertThat(mul.at("/share/high").doubleValue()).isCloseTo(0.8876, within(5e-4));
        assertThat(mul.at("/lift/mean").doubleValue()).isCloseTo(1.6, within(1e-9));
        assertThat(mul.at("/lift/high").doubleValue()).isCloseTo(2 * 0.8876, within(1e-3));
        var div = row(answer, "div");
        assertThat(div.at("/lift/mean").doubleValue()).isZero();
        assertThat(div.at("/lift/high").doubleValue()).as("nothing is known of it").isCloseTo(7.14, within(0.01));
        assertThat(row(answer, "exp").get("lift").isNull()).as("never proposed").isTrue();
        assertThat(row(traits(search, "?against=trained"), "mul").at("/lift/mean").doubleValue()).isCloseTo(1,
                within(1e-9));
    }

    @Test
    void theBestTenthAndTheFrontAreCountedThemselves() {
        var search = new StoredSearch(jdbc, "cifar10");
        for (int i = 0; i < 12; i++) {
            int birth = search.born("x" + i, null);
            search.arrives(birth, 0.3, 0.2, 0.3 + 0.01 * i);
        }
        search.stands(11, 12);
        search.screened("constant");
        search.counted();

        assertThat(traits(search, "?among=best").get("layers").intValue()).as("a tenth of twelve").isEqualTo(2);
        var front = traits(search, "?among=front&against=trained");
        assertThat(front.get("layers").intValue()).isEqualTo(1);
        assertThat(front.get("baseLayers").intValue()).isEqualTo(12);
        assertThat(row(front, "sigmoid").get("count").intValue()).isEqualTo(1);
        assertThat(row(front, "sigmoid").at("/lift/mean").doubleValue()).isEqualTo(1);
        assertThat(traits(search, "").get("baseLayers").intValue()).as("screened ones are proposals too")
                .isEqualTo(13);
    }

    @Test
    void aSearchWithoutLayersHasNoShares() {
        var answer = traits(new StoredSearch(jdbc, "cifar10"), "");

        assertThat(answer.get("layers").intValue()).isZero();
        assertThat(answer.get("traits").valueStream()).hasSize(31)
                .allMatch(row -> row.get("share").isNull() && row.get("lift").isNull());
    }

    @Test
    void anotherPopulationIsRefusedByName() {
        var search = new StoredSearch(jdbc, "cifar10");
        for (var query : new String[]{"among=proposed", "among=SURVIVED", "against=best"}) {
            var answer = get(search.path() + "/traits?" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.json().get("field").stringValue()).isEqualTo(query.substring(0, query.indexOf('=')));
        }
        assertThat(get(search.path() + "/hypervolume?size=0").status()).isEqualTo(400);
    }

    @Test
    void aThinnedCurveEndsWhereTheWholeOneEnds() {
        var search = new StoredSearch(jdbc, "cifar10");
        for (int ordinal = 1; ordinal <= 90; ordinal++) {
            search.volume(ordinal, 1, ordinal / 100.0);
        }
        search.set("arrivals = 100");

        var answer = read(search.path() + "/hypervolume?size=10");

        assertThat(answer.get("reference").toString()).isEqualTo("[0.0,0.0,0.0]");
        assertThat(answer.get("points").valueStream().map(point -> point.get("ordinal").intValue()))
                .containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90);
        assertThat(read(search.path() + "/hypervolume").get("points")).hasSize(90);
    }
}
