package dev.normforge.comparison.plot;

import dev.normforge.chart.Axis;
import dev.normforge.chart.Entry;
import dev.normforge.chart.Mark;
import dev.normforge.chart.Panel;
import dev.normforge.chart.Point;
import dev.normforge.chart.Scale;
import dev.normforge.chart.Style;
import dev.normforge.chart.Tick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Panels of lines over one x axis, with a common y axis, a legend of all of them, and the numbers in words. */
final class Lines {

    private final Axis x;
    private final Map<String, List<Line>> panels = new LinkedHashMap<>();

    Lines(Axis x) {
        this.x = x;
    }

    /** Lines without a point are left out, and so is a panel without a line. */
    void panel(String title, List<Line> lines) {
        var drawn = lines.stream().filter(line -> !line.points().isEmpty()).toList();
        if (!drawn.isEmpty()) {
            panels.put(title, drawn);
        }
    }

    boolean empty() {
        return panels.isEmpty();
    }

    private List<Point> points() {
        return panels.values().stream().flatMap(List::stream).flatMap(line -> line.points().stream()).toList();
    }

    /**
     * @param level where the reference line lies; it is drawn where the scale reaches it
     * @param levelName what the legend calls it
     */
    List<Plot> plots(Looks looks, String name, String title, String yTitle,
            Function<List<Point>, Scale> scale, double level, String levelName) {
        if (empty()) {
            return List.of();
        }
        var y = scale.apply(points());
        boolean reached = y.place(level) >= 0 && y.place(level) <= 1;
        var drawn = panels.entrySet().stream()
                .map(panel -> panel(panel.getKey(), panel.getValue(), new Axis(yTitle, y), reached, level)).toList();
        var legend = new LinkedHashSet<Entry>();
        panels.values().forEach(lines -> lines.forEach(line -> legend.add(line.entry(Entry.Kind.LINE))));
        if (reached) {
            legend.add(new Entry(levelName, Style.reference(), Entry.Kind.RULE));
        }
        return looks.plots(name, title, List.copyOf(legend), drawn, words(yTitle), looks.caption(looks.bars()));
    }

    private Panel panel(String title, List<Line> lines, Axis y, boolean reached, double level) {
        var marks = new ArrayList<Mark>();
        if (reached) {
            marks.add(new Mark.Level(Style.reference(), level));
        }
        for (int i = 0; i < lines.size(); i++) {
            marks.add(new Mark.Series(lines.get(i).style(), lines.get(i).points(), true, 1,
                    Looks.shift(i, lines.size())));
        }
        return new Panel(title, x, y, marks);
    }

    /** For those who do not see it. */
    private String words(String yTitle) {
        return yTitle + ". " + panels.entrySet().stream()
                .map(panel -> Looks.titled(panel.getKey()) + panel.getValue().stream()
                        .map(this::words).collect(Collectors.joining("; ")))
                .collect(Collectors.joining(". "));
    }

    private String words(Line line) {
        return line.name() + " " + line.points().stream()
                .map(point -> String.format(Locale.ROOT, "%.1f at %s", point.y(), label(point.x())))
                .collect(Collectors.joining(", "));
    }

    private String label(double at) {
        return x.scale().ticks().stream().filter(tick -> tick.at() == at).map(Tick::label).findFirst()
                .orElse(Double.toString(at));
    }
}
