package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.search.SimulatedTraining;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Children, siblings, equals and tournaments over REST, against what the rows say. */
class RelativesAreForgottenTest extends ServiceUnderTest {

    private static final String FINGERPRINT = "\\x00112233445566778899aabbccddeeff";
    private static final String NOTHING = "\\xffffffffffffffffffffffffffffffff";

    @Autowired
    private ApplicationContext service;

    private StoredSearch search;
    private int parent;
    private int child;

    @BeforeEach
    void family() {
        search = new StoredSearch(jdbc, "cifar10");
        parent = search.born("x * sigmoid(x) / 2", null);
        search.arrives(parent, 0.3, 0.3, 0.3);
        child = search.born("x * sigmoid(x)", parent);
        search.arrives(child, 0.4, 0.41, 0.42);
    }

    private String of(int birth) {
        return search.path() + "/candidates/" + birth;
    }

    private List<Integer> births(String path, String pointer) {
        var births = new ArrayList<Integer>();
        for (var page = read(path);; page = read(path + "&after=" + page.get("next").longValue())) {
            page.get("items").forEach(item -> births.add(item.at(pointer).intValue()));
            assertThat(births).as("pages end").hasSizeLessThan(100);
            if (page.get("next").isNull()) {
                return births;
            }
        }
    }

    private void behaves(int birth, String fingerprint) {
        jdbc.sql("update candidate set initial_behaviour = :print::bytea where search_id = :search and birth = :birth")
                .param("print", fingerprint).param("search", search.id).param("birth", birth).update();
    }

    @Test
    void childrenComeOnceWithWhatChangedAndSiblingsAreTheOthers() {
        var expected = new ArrayList<Integer>(List.of(child));
        for (int i = 0; i < 6; i++) {
            expected.add(search.born("tanh(x) * " + i, parent));
        }
        search.born("stranger", child);
        jdbc.sql("update candidate set genotype = set_byte(genotype, 0, 4) where search_id = :id and birth = :birth")
                .param("id", search.id).param("birth", expected.get(1)).update();
        for (int size : new int[]{1, 3, 7, 100}) {
            assertThat(births(of(parent) + "/children?size=" + size, "/candidate/birth")).isEqualTo(expected);
        }
        var items = read(of(parent) + "/children").get("items");
        assertThat(items.get(0).get("change")).isEmpty();
        assertThat(items.get(1).at("/change/0").stringValue()).startsWith("n1: ").contains(" → ");
        assertThat(read(of(parent) + "/kin").get("children").intValue()).isEqualTo(7);
        assertThat(read(of(parent) + "/kin").get("siblings").intValue()).isZero();
        assertThat(read(of(child) + "/kin").get("siblings").intValue()).isEqualTo(6);
        assertThat(read(of(child) + "/kin").get("children").intValue()).isEqualTo(1);
    }

    @Test
    void equalsComeOnceWithWhatBecameOfThem() {
        var formula = "x * sigmoid(x) + " + search.name;
        int first = search.born(formula, null);
        search.arrives(first, 0.5, 0.5, 0.5);
        int refused = search.screened(formula);
        int rejected = search.born(formula, parent);
        search.rejected(rejected);
        int costume = search.born("in costume " + search.name, null);
        int incomputable = search.born("incomputable " + search.name, null);
        List.of(first, refused, costume).forEach(birth -> behaves(birth, FINGERPRINT));
        List.of(parent, incomputable).forEach(birth -> behaves(birth, NOTHING));
        var elsewhere = new StoredSearch(jdbc, "synthetic");
        elsewhere.arrives(elsewhere.born(formula, null), 0.2, 0.2, 0.2);
        elsewhere.screened(formula);

        for (int size : new int[]{1, 2, 100}) {
            assertThat(births(of(first) + "/equivalents?size=" + size, "/birth")).containsExactly(refused, rejected);
        }
        var states = new ArrayList<String>();
        read(of(first) + "/equivalents").get("items").forEach(one -> states.add(one.get("state").stringValue()));
        assertThat(states).containsExactly("SCREENED", "REJECTED");
        assertThat(births(of(first) + "/equivalents?by=BEHAVIOUR&size=5", "/birth")).containsExactly(costume);
        assertThat(births(of(costume) + "/equivalents?by=BEHAVIOUR&size=1", "/birth")).containsExactly(first, refused);
        assertThat(births(of(parent) + "/equivalents?by=BEHAVIOUR&size=5", "/birth")).isEmpty();
        var kin = read(of(first) + "/kin");
        assertThat(kin.get("samePhenotype").intValue()).isEqualTo(2);
        assertThat(kin.get("sameBehaviour").intValue()).isEqualTo(1);
        assertThat(kin.get("searchesWithPhenotype").intValue()).isEqualTo(1);
        var there = read(of(first) + "/elsewhere").get("items");
        assertThat(there).hasSize(1);
        assertThat(there.at("/0/search").stringValue()).isEqualTo(elsewhere.name);
        assertThat(there.at("/0/births").intValue()).isEqualTo(2);
        assertThat(there.at("/0/scores/accuracies/0").doubleValue()).isEqualTo(0.2);
        assertThat(read(of(costume) + "/elsewhere").get("items")).isEmpty();
        assertThat(read(of(costume) + "/elsewhere?by=BEHAVIOUR").get("items")).isEmpty();
    }

    @Test
    void theParentIsTheOneThatTheTournamentSays() {
        long grown = new SimulatedTraining(service).search("relatives-" + search.name, 16, 51).value();
        var path = "/api/v1/searches/" + grown + "/candidates/";
        int contests = 0;
        for (JsonNode candidate : read("/api/v1/searches/" + grown + "/candidates?size=200").get("items")) {
            var told = read(path + candidate.get("birth").intValue() + "/tournament");
            assertThat(told.get("seen")).isEqualTo(candidate.get("seen"));
            if (candidate.get("parent").isNull()) {
                assertThat(told.get("kind").stringValue()).isIn("FOUNDING", "CHANCE");
                assertThat(told.get("drawn")).isEmpty();
                continue;
            }
            contests++;
            assertThat(told.get("kind").stringValue()).isEqualTo("TOURNAMENT");
            var winner = told.get("drawn").valueStream().filter(one -> one.get("winner").booleanValue()).toList();
            assertThat(winner).hasSize(1);
            assertThat(winner.getFirst().get("birth")).isEqualTo(candidate.get("parent"));
            assertThat(winner.getFirst().get("best").booleanValue()).isTrue();
            var inWindow = told.get("window").valueStream().map(one -> one.get("birth")).toList();
            assertThat(told.get("drawn").valueStream().map(one -> one.get("birth"))).isSubsetOf(inWindow);
        }
        assertThat(contests).isGreaterThan(20);
    }

    @Test
    void anotherVersionsTournamentIsNotInvented() {
        var told = read(of(child) + "/tournament");
        assertThat(told.get("kind").stringValue()).isEqualTo("UNKNOWN");
        assertThat(told.get("note").stringValue()).contains("made by versions 1 of evolution");
    }

    @Test
    void aRefusalNamesTheRuleWhatItMeasuredAndItsLimit() {
        long grown = new SimulatedTraining(service).search("refusals-" + search.name, 8, 5).value();
        var stack = jdbc.sql("select min(birth) from candidate where search_id = :id and screen_rule = 'STACK_GROWTH'")
                .param("id", grown).query(Integer.class).single();
        var value = jdbc.sql("select screen_value from candidate where search_id = :id and birth = :birth")
                .param("id", grown).param("birth", stack).query(Double.class).single();
        assertThat(read("/api/v1/searches/" + grown + "/candidates/" + stack).at("/why/0").stringValue())
                .contains("ten copies in a row", "limits -2 to 0.5").contains(String.valueOf(value).substring(0, 3));
        int rejected = search.born("sqrt(x)", null);
        search.rejected(rejected);
        jdbc.sql("update outcome set detail = :detail::jsonb where search_id = :id and kind = 'REJECTED'")
                .param("id", search.id).param("detail", """
                        {"kind": "rejected", "reason": {"reason": "high-loss", "anchor": "mobilenetv2", "step": 20,
                         "loss": 2.4567, "limit": 2.2526}, "soFar": [], "audit": [],
                         "spent": {"steps": 40, "auditSteps": 0, "savedSteps": 200, "millis": 900}}
                        """).update();
        assertThat(read(of(rejected)).get("why").valueStream().map(JsonNode::stringValue)).containsExactly(
                "The quality gate of mobilenetv2 rejected it at step 20 of 80: the mean of the last five losses was 2.46, limit 2.25.",
                "No anchor was trained to the end before.", "40 steps were spent, 200 of 240 (83 %) saved.");
    }

    @Test
    void aBirthThatIsNoneIsRefusedEverywhere() {
        for (var view : List.of("tournament", "kin", "children", "equivalents", "elsewhere")) {
            var answer = get(of(999) + "/" + view);
            assertThat(answer.status()).as(view).isEqualTo(404);
            assertThat(answer.json().get("field").stringValue()).isEqualTo("birth");
        }
        assertThat(get(of(child) + "/equivalents?by=NAME").json().get("expected").stringValue())
                .isEqualTo("one of PHENOTYPE, BEHAVIOUR");
    }
}
