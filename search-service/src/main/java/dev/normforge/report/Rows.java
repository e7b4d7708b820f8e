package dev.normforge.report;

import dev.normforge.front.Scores;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns as this package's types. */
final class Rows {

    private Rows() {
    }

    /** Columns {@code correct} and {@code total}; null where the layer has no score. */
    static @Nullable Scores scores(ResultSet row) throws SQLException {
        var correct = row.getArray("correct");
        var total = row.getArray("total");
        return correct == null || total == null
                ? null
                : Scores.of(List.of((Integer[]) correct.getArray()), List.of((Integer[]) total.getArray()));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }
}
