package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.normforge.comparison.Grids;
import dev.normforge.search.Comparisons;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Following the cursor yields every row once, in order, whatever the page size. */
class PagesAreCompleteTest extends ServiceUnderTest {

    @Autowired
    private Comparisons comparisons;

    @Test
    void arrivalsComeOnceAndInOrder() {
        var search = withBirths(23);
        for (int size : new int[]{1, 5, 23, 24, 1000}) {
            assertThat(follow(search.path() + "/arrivals", "after", "ordinal", size)).as("size %d", size)
                    .isEqualTo(IntStream.rangeClosed(1, 23).mapToObj(Long::valueOf).toList());
        }
    }

    @Test
    void candidatesComeOnceYoungestFirst() {
        var search = withBirths(23);
        for (int size : new int[]{1, 7, 23, 1000}) {
            assertThat(follow(search.path() + "/candidates", "before", "birth", size)).as("size %d", size)
                    .isEqualTo(IntStream.rangeClosed(1, 23).mapToObj(i -> 23L - i).toList());
        }
    }

    @Test
    void searchesComeOnceNewestFirst() {
        for (int i = 0; i < 7; i++) {
            new StoredSearch(jdbc, "cifar10");
        }
        var all = jdbc.sql("select id from search where kind = 'SEARCH' order by id desc").query(Long.class).list();
        for (int size : new int[]{1, 3, 1000}) {
            assertThat(follow("/api/v1/searches", "before", "id", size)).as("size %d", size).isEqualTo(all);
        }
    }

    @Test
    void comparisonsComeOnceNewestFirst() {
        new StoredSearch(jdbc, "cifar10");
        for (int i = 0; i < 5; i++) {
            comparisons.create("page-" + UUID.randomUUID(), Grids.of("gn-relu").spec(), Duration.ZERO);
        }
        var all = jdbc.sql("select id from search where kind = 'COMPARISON' order by id desc").query(Long.class).list();
        for (int size : new int[]{1, 2, 1000}) {
            assertThat(follow("/api/v1/comparisons", "before", "id", size)).as("size %d", size).isEqualTo(all);
        }
    }

    /** What arrives while a reader pages is found under its last cursor, and nothing comes again. */
    @Test
    void aReaderThatComesBackGetsOnlyWhatItLacks() {
        var search = withBirths(3);
        assertThat(read(search.path() + "/arrivals?after=3").get("items")).isEmpty();
        search.arrives(search.born("late", null), 0.3, 0.3, 0.3);
        var items = read(search.path() + "/arrivals?after=3").get("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).get("ordinal").intValue()).isEqualTo(4);
        assertThat(items.get(0).get("formula").stringValue()).isEqualTo("late");
    }

    private StoredSearch withBirths(int count) {
        var search = new StoredSearch(jdbc, "cifar10");
        for (int i = 0; i < count; i++) {
            search.arrives(search.born("x" + i, null), 0.3, 0.2, 0.25);
        }
        return search;
    }

    private List<Long> follow(String path, String cursor, String key, int size) {
        var seen = new ArrayList<Long>();
        JsonNode page = read(path + "?size=" + size);
        while (true) {
            page.get("items").forEach(item -> seen.add(item.get(key).longValue()));
            assertThat(page.get("items").size()).isLessThanOrEqualTo(size);
            if (page.get("next").isNull()) {
                return seen;
            }
            page = read(path + "?size=" + size + "&" + cursor + "=" + page.get("next").longValue());
        }
    }
}
