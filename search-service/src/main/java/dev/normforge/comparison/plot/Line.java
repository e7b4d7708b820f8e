package dev.normforge.comparison.plot;

import dev.normforge.chart.Entry;
import dev.normforge.chart.Point;
import dev.normforge.chart.Style;
import java.util.List;

/** A series with its name: what one legend entry stands for. */
record Line(String name, Style style, List<Point> points) {

    Line {
        points = List.copyOf(points);
    }

    Entry entry(Entry.Kind kind) {
        return new Entry(name, style, kind);
    }
}
