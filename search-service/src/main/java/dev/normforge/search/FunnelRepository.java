package dev.normforge.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The funnel: where births ended, counted as they end. */
@Repository
class FunnelRepository {

    private final JdbcTemplate batches;

    FunnelRepository(JdbcTemplate batches) {
        this.batches = batches;
    }

    /** A row's key. */
    record Cell(String stage, String reason) {
    }

    /** What is added to a row. */
    record Tally(long candidates, long spent, long saved, long millis) {
        Tally plus(Tally other) {
            return new Tally(candidates + other.candidates, spent + other.spent, saved + other.saved,
                    millis + other.millis);
        }
    }

    /** A row's key where rejections are counted by anchor. */
    record Place(String stage, String reason, String anchor) {
    }

    private record Saving(long candidates, long steps) {
        Saving plus(Saving other) {
            return new Saving(candidates + other.candidates, steps + other.steps);
        }
    }

    /** One step's additions. */
    static final class Additions {
        private final Map<Cell, Tally> tallies = new HashMap<>();
        private final Map<Place, Saving> places = new HashMap<>();

        void add(String stage, String reason, Tally tally) {
            tallies.merge(new Cell(stage, reason), tally, Tally::plus);
        }

        /** A rejection at one anchor, which {@link #add} counts as well. */
        void addAt(String stage, String reason, String anchor, long saved) {
            places.merge(new Place(stage, reason, anchor), new Saving(1, saved), Saving::plus);
        }

        boolean isEmpty() {
            return tallies.isEmpty();
        }
    }

    /** Rejected layers that were trained to the end all the same, as earlier turns counted them. */
    long audited(SearchId search) {
        return batches.queryForList("select candidates from funnel where search_id = ? and stage = 'AUDIT'", Long.class,
                search.value()).stream().mapToLong(Long::longValue).sum();
    }

    void add(SearchId search, Additions additions) {
        addCells(search, additions);
        addPlaces(search, additions);
    }

    private void addCells(SearchId search, Additions additions) {
        var rows = new ArrayList<>(additions.tallies.entrySet());
        rows.sort(Comparator.comparing((Map.Entry<Cell, Tally> row) -> row.getKey().stage())
                .thenComparing(row -> row.getKey().reason()));
        batches.batchUpdate("""
                insert into funnel (search_id, stage, reason, candidates, steps_spent, steps_saved, device_ms)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (search_id, stage, reason) do update set
                  candidates = funnel.candidates + excluded.candidates,
                  steps_spent = funnel.steps_spent + excluded.steps_spent,
                  steps_saved = funnel.steps_saved + excluded.steps_saved,
                  device_ms = funnel.device_ms + excluded.device_ms""", rows, Math.max(1, rows.size()),
                (row, entry) -> {
                    row.setLong(1, search.value());
                    row.setString(2, entry.getKey().stage());
                    row.setString(3, entry.getKey().reason());
                    row.setLong(4, entry.getValue().candidates());
                    row.setLong(5, entry.getValue().spent());
                    row.setLong(6, entry.getValue().saved());
                    row.setLong(7, entry.getValue().millis());
                });
    }

    private void addPlaces(SearchId search, Additions additions) {
        var rows = new ArrayList<>(additions.places.entrySet());
        rows.sort(Comparator.comparing(row -> row.getKey().toString()));
        batches.batchUpdate("""
                insert into funnel_anchor (search_id, stage, reason, anchor, candidates, steps_saved)
                values (?, ?, ?, ?, ?, ?)
                on conflict (search_id, stage, reason, anchor) do update set
                  candidates = funnel_anchor.candidates + excluded.candidates,
                  steps_saved = funnel_anchor.steps_saved + excluded.steps_saved""", rows, Math.max(1, rows.size()),
                (row, entry) -> {
                    row.setLong(1, search.value());
                    row.setString(2, entry.getKey().stage());
                    row.setString(3, entry.getKey().reason());
                    row.setString(4, entry.getKey().anchor());
                    row.setLong(5, entry.getValue().candidates());
                    row.setLong(6, entry.getValue().steps());
                });
    }
}
