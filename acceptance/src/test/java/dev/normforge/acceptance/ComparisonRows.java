package dev.normforge.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** A comparison's rows as they stand, from a database that may be away at any moment: then there are none. */
record ComparisonRows(Path home, String name) {

    /** A question to the database. */
    private interface Question<T> {
        T ask(Connection database) throws SQLException;
    }

    private <T> T ask(Question<T> question, T otherwise) {
        try (var database = Program.database(home)) {
            return question.ask(database);
        } catch (SQLException | IOException | UncheckedIOException | NoSuchElementException
                | IllegalStateException _) {
            return otherwise;
        }
    }

    /** What has been settled: who trained it, when, and how it ended, by evaluation. */
    Map<Long, String> settled() {
        return ask(database -> {
            try (var query = database.prepareStatement("""
                    select o.evaluation_id, concat_ws(' ', e.round, e.replicate, o.worker_id, o.settled_at, o.kind)
                    from outcome o join evaluation e on e.id = o.evaluation_id join search s on s.id = e.search_id
                    where s.name = ?
                    """)) {
                query.setString(1, name);
                var settled = new TreeMap<Long, String>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        settled.put(rows.getLong(1), rows.getString(2));
                    }
                }
                return settled;
            }
        }, new TreeMap<>());
    }

    /** Process ids of workers that hold a training. */
    List<Long> trainingWorkers() {
        return ask(KilledProcessesLoseNothingTest::trainingWorkers, List.of());
    }
}
