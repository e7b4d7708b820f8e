package dev.normforge.comparison.view;

import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Unit;
import java.util.Optional;

/**
 * A cell of a table.
 *
 * @param text with a place for the sign between mean and deviation
 * @param best whether it is marked as best of its column
 */
record TableCell(String text, boolean best) {

    static final String REPEATS = "=";
    static final String DIVERGED = "!";
    static final String NOTHING = "–";
    static final String NO_CELL = "";
    private static final String PLUS_MINUS = "±";

    static TableCell of(Optional<Score> score, Unit unit, boolean best) {
        if (score.isEmpty()) {
            return new TableCell(NO_CELL, false);
        }
        var found = score.get();
        if (!found.measured()) {
            return new TableCell(NOTHING, false);
        }
        var sample = found.sample();
        var text = new StringBuilder(unit.text(sample.mean()));
        if (sample.size() > 1) {
            text.append(' ').append(PLUS_MINUS).append(' ').append(unit.text(sample.deviation()));
        }
        if (!found.complete()) {
            text.append(" (%d of %d)".formatted(found.seeds(), found.ordered()));
        }
        if (found.repeats()) {
            text.append(' ').append(REPEATS);
        }
        if (found.diverged() > 0) {
            text.append(' ').append(DIVERGED);
        }
        return new TableCell(text.toString(), best);
    }

    /** For terminals that know ASCII alone. */
    String ascii() {
        return text.replace(PLUS_MINUS, "+-").replace(NOTHING, "-");
    }
}
