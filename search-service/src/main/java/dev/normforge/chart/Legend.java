package dev.normforge.chart;

import java.util.ArrayList;
import java.util.List;

/** What the styles stand for, in rows from left to right. */
final class Legend {

    static final double ROW = 27;
    private static final double SIZE = 16;
    private static final double GAP = 8;
    private static final double BETWEEN = 26;

    private final List<Place> places = new ArrayList<>();
    private int rows;

    private record Place(Entry entry, double x, int row) {
    }

    /** @param width of a row in pixels */
    Legend(List<Entry> entries, double width) {
        double x = 0;
        for (var entry : entries) {
            double itsWidth = width(entry);
            if (x > 0 && x + itsWidth > width) {
                x = 0;
                rows++;
            }
            places.add(new Place(entry, x, rows));
            x += itsWidth + BETWEEN;
        }
        rows += entries.isEmpty() ? 0 : 1;
    }

    /** The least width of a row. */
    static double leastWidth(List<Entry> entries) {
        return entries.stream().mapToDouble(Legend::width).max().orElse(0);
    }

    private static double width(Entry entry) {
        return entry.kind().width() + GAP + Lettering.width(entry.name(), SIZE);
    }

    double height() {
        return rows * ROW;
    }

    void draw(Markup markup, Symbols symbols, double left, double top) {
        for (var place : places) {
            double y = top + place.row * ROW + ROW / 2;
            double sample = place.entry.kind().width();
            symbols.sample(place.entry, left + place.x, y, sample);
            markup.text("text", place.entry.name(), "x", left + place.x + sample + GAP, "y", y + 0.35 * SIZE,
                    "font-size", SIZE, "fill", Ink.TEXT);
        }
    }
}
