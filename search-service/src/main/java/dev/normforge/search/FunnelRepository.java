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

    /** One step's additions. */
    static final class Additions {
        private final Map<Cell, Tally> tallies = new HashMap<>();

        void add(String stage, String reason, Tally tally) {
            tallies.merge(new Cell(stage, reason), tally, Tally::plus);
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
}
