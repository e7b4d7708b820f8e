package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.search.SearchId;
import dev.normforge.search.SimulatedTraining;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** 304 says that what the reader has is what it would get: never less, and no body with it. */
class StaleAnswersAreServedTest extends ServiceUnderTest {

    private static final List<String> VIEWS = List.of("/front", "/front?at=1", "/arrivals",
            "/arrivals?after=2&size=1",
            "/candidates", "/candidates?size=3", "/candidates/0", "/candidates/1", "/candidates/1/kin",
            "/candidates/1/children", "/candidates/0/tournament", "/candidates/1/exports/provenance.json",
            "/candidates/1/equivalents");

    @Autowired
    private ApplicationContext service;

    private StoredSearch search;
    private int trained;
    private int waiting;

    @BeforeEach
    void stored() {
        search = new StoredSearch(jdbc, "cifar10");
        search.calibrated(0.38, 0.365, 0.35, 0.24);
        trained = search.born("x * sigmoid(x) / 2", null);
        search.stands(trained, search.arrives(trained, 0.3, 0.3, 0.3));
        waiting = search.born("tanh(x)", trained);
    }

    private Answer again(String path, String tag) {
        return send("GET", path, null, "If-None-Match", tag);
    }

    /** @return the tag that holds now */
    private String holds(String path) {
        var answer = get(path);
        var tag = answer.header("ETag");
        assertThat(tag).as(path).startsWith("W/\"");
        var second = again(path, tag);
        assertThat(second.status()).as(path).isEqualTo(304);
        assertThat(second.raw().body()).isEmpty();
        assertThat(second.header("ETag")).isEqualTo(tag);
        assertThat(second.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(again(path, "W/\"other\", " + tag).status()).isEqualTo(304);
        assertThat(again(path, "W/\"other\"").status()).isEqualTo(200);
        return tag;
    }

    private void holdsNoMore(String path, String tag) {
        var answer = again(path, tag);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.raw().body()).as(path).isNotEmpty();
        assertThat(answer.header("ETag")).as(path).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/front", "/front?at=0", "/arrivals?after=0", "/candidates", "/candidates/0",
            "/candidates/0/children"})
    void anArrivalEndsWhatHeld(String view) {
        var tag = holds(search.path() + view);
        search.stands(waiting, search.arrives(waiting, 0.4, 0.4, 0.4));
        search.born("mutant", trained);
        search.ring();
        if (view.equals("/candidates/0")) {
            assertThat(read(search.path() + view).get("children")).hasSize(2);
        }
        holdsNoMore(search.path() + view, tag);
    }

    @Test
    void aClockAndAWorkerThatNoRevisionTellsOfEndWhatHeld() {
        long evaluation = search.ordered(waiting);
        search.worker("fresh-" + search.name, evaluation);
        // A search that runs has a pace, which the clock changes.
        jdbc.sql("update search set intent = 'PAUSE' where ending is null").update();
        var detail = holds(search.path());
        var list = holds("/api/v1/searches");
        var workers = holds("/api/v1/workers");
        search.set("active_ms = active_ms + 1000");
        jdbc.sql("update worker set step = step + 1 where name = :name").param("name", "fresh-" + search.name).update();
        holdsNoMore(search.path(), detail);
        holdsNoMore("/api/v1/searches", list);
        holdsNoMore("/api/v1/workers", workers);
    }

    /** A worker settles before the coordinator takes it in: the state changes, the revision does not. */
    @Test
    void aResultThatNobodyHasTakenInEndsWhatHeld() {
        long evaluation = search.ordered(waiting);
        var candidate = holds(search.path() + "/candidates/" + waiting);
        var list = holds(search.path() + "/candidates");
        jdbc.sql(
                """
                        insert into outcome (evaluation_id, search_id, kind, stage, reason, detail, steps, audit_steps, saved_steps,
                                             device_ms) values (:evaluation, :search, 'REJECTED', 'QUALITY', 'high-loss', '{}', 1, 0, 0, 1)
                        """)
                .param("evaluation", evaluation).param("search", search.id).update();
        holdsNoMore(search.path() + "/candidates/" + waiting, candidate);
        holdsNoMore(search.path() + "/candidates", list);
    }

    /** While a search grows step by step, every 304 is right: the whole answer is what the reader has. */
    @Test
    void whileASearchGrowsNo304IsWrong() {
        var training = new SimulatedTraining(service);
        var name = "growing-" + UUID.randomUUID();
        var id = training.begin(name, 12, 51);
        var tags = new HashMap<String, String>();
        var bodies = new HashMap<String, String>();
        var held = new TreeSet<String>();
        while (grows(training, id)) {
            for (var view : VIEWS) {
                var path = "/api/v1/searches/" + name + view;
                var answer = again(path, tags.getOrDefault(path, "W/\"none\""));
                if (answer.status() == 304) {
                    held.add(view);
                    assertThat(get(path).raw().body()).as(path).isEqualTo(bodies.get(path));
                } else if (answer.status() == 200) {
                    tags.put(path, answer.header("ETag"));
                    bodies.put(path, answer.raw().body());
                    assertThat(again(path, answer.header("ETag")).status()).as(path).isEqualTo(304);
                }
            }
        }
        assertThat(bodies).hasSize(VIEWS.size());
        assertThat(held).contains("/candidates/0/tournament", "/candidates/1");
    }

    /** Its clock stands between steps, so that answers can be compared. */
    private boolean grows(SimulatedTraining training, SearchId id) {
        boolean more = training.step(id);
        jdbc.sql("update search set active_at = null where id = :id").param("id", id.value()).update();
        return more;
    }

    @Test
    void whatIsWrongIsRefusedWhateverTheReaderHas() {
        var tag = holds(search.path() + "/front");
        assertThat(again(search.path() + "/front?at=-1", tag).status()).isEqualTo(400);
        assertThat(again(search.path() + "/arrivals?size=0", tag).status()).isEqualTo(400);
        assertThat(again("/api/v1/searches/none/front", tag).status()).isEqualTo(404);
        assertThat(get("/api/v1/searches/none/front").header("ETag")).isEmpty();
    }

    /** A stream that were held back to be weighed would not stream. */
    @Test
    void streamsAreNotHeldBack() {
        assertThat(get(search.path() + "/candidates.csv").header("ETag")).isEmpty();
        assertThat(get(search.path() + "/candidates.csv").status()).isEqualTo(200);
    }
}
