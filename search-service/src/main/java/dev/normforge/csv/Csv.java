package dev.normforge.csv;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values by RFC 4180: lines end in CR LF, fields with commas, quotes or line breaks stand in quotes. A text
 * that a spreadsheet would take for a formula gets an apostrophe in front.
 */
public final class Csv {

    private static final String FORMULAS = "=+-@\t\r";
    private static final String QUOTED = ",\"\r\n";

    private final StringBuilder text = new StringBuilder();

    /** Texts, numbers and truth values; null for an empty field. */
    public Csv row(@Nullable Object... fields) {
        text.append(line(Arrays.asList(fields)));
        return this;
    }

    /** One row with its end, for files that are written while they are read. */
    public static String line(List<? extends @Nullable Object> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number when !Double.isFinite(number) -> "";
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> quoted(harmless(value.toString()));
        };
    }

    private static String harmless(String value) {
        return !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static String quoted(String value) {
        return value.chars().anyMatch(letter -> QUOTED.indexOf(letter) >= 0)
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
