package dev.normforge.comparison.plot;

import dev.normforge.chart.Axis;
import dev.normforge.chart.Entry;
import dev.normforge.chart.Mark;
import dev.normforge.chart.Panel;
import dev.normforge.chart.Scale;
import dev.normforge.chart.Style;
import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scores over what has names instead of numbers: anchors, kinds of weights, orders and statistics as dots. */
final class SlotPlots {

    /** Share of a slot that dots are spread over. */
    private static final double SPREAD = 0.6;

    private final Looks looks;
    private final Sheet sheet;

    SlotPlots(Looks looks) {
        this.looks = looks;
        this.sheet = looks.sheet();
    }

    /** Every anchor of a unit, at one setting; for those that classify, their mean too. */
    List<Plot> anchors(Unit unit) {
        var pages = sheet.pages().stream().filter(page -> page.unit() == unit).toList();
        var setting = sheet.reference();
        var lines = lines(pages.size(), layer -> i -> sheet.score(pages.get(i), layer, setting), unit);
        var at = setting.values().isEmpty() ? "" : ", at " + setting.words();
        return drawn("score-by-anchor" + (unit == Unit.ACCURACY ? "" : "-psnr"),
                (unit == Unit.ACCURACY ? "Accuracy" : "PSNR") + " by anchor" + at, "",
                pages.stream().map(Page::title).toList(), Map.of("", lines), unit);
    }

    /** The values of a dimension, a panel for whatever else varies. */
    List<Plot> dimension(Page page, Dimension dimension) {
        var values = sheet.values(dimension);
        Map<String, List<Line>> panels = new LinkedHashMap<>();
        for (var rest : sheet.settings().stream().map(setting -> setting.without(dimension)).distinct().toList()) {
            panels.put(rest.words(), lines(values.size(),
                    layer -> i -> sheet.score(page, layer, rest.with(dimension, values.get(i))), page.unit()));
        }
        var name = dimension.title().replace(' ', '-');
        return drawn("score-by-%s-%s".formatted(name, page.file()),
                "%s by %s: %s".formatted(page.unit() == Unit.ACCURACY ? "Accuracy" : "PSNR", dimension.title(),
                        page.title()),
                dimension.title(), values, panels, page.unit());
    }

    private interface Scores extends Function<String, IntFunction<Optional<Score>>> {
    }

    private List<Line> lines(int slots, Scores scores, Unit unit) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < looks.layers().size(); i++) {
            var layer = looks.layers().get(i);
            double beside = SPREAD * ((i + 0.5) / looks.layers().size() - 0.5);
            var points = IntStream.range(0, slots).boxed().flatMap(slot -> scores.apply(layer).apply(slot)
                    .filter(Score::measured).map(score -> Looks.point(slot + beside, score.sample(), unit)).stream())
                    .toList();
            if (!points.isEmpty()) {
                lines.add(new Line(layer, looks.style(layer), points));
            }
        }
        return lines;
    }

    private List<Plot> drawn(String name, String title, String xTitle, List<String> slots,
            Map<String, List<Line>> panels, Unit unit) {
        var points = panels.values().stream().flatMap(List::stream).flatMap(line -> line.points().stream()).toList();
        if (points.isEmpty()) {
            return List.of();
        }
        var x = new Axis(xTitle, new Scale.Slots(slots));
        var y = new Axis(unit.title(), looks.scale(unit).apply(points));
        boolean reached = y.scale().place(looks.chance(unit)) >= 0;
        var drawn = new ArrayList<Panel>();
        panels.forEach((panelTitle, lines) -> {
            var marks = new ArrayList<Mark>();
            if (reached) {
                marks.add(new Mark.Level(Style.reference(), looks.chance(unit)));
            }
            lines.forEach(line -> marks.add(new Mark.Series(line.style(), line.points(), false, 1, 0)));
            drawn.add(new Panel(panelTitle, x, y, marks));
        });
        var names = panels.values().stream().flatMap(List::stream).map(Line::name).toList();
        var legend = new ArrayList<>(looks.legend(names, Entry.Kind.SYMBOL));
        if (reached) {
            legend.add(new Entry(Looks.CHANCE_NAME, Style.reference(), Entry.Kind.RULE));
        }
        return looks.plots(name, title, legend, drawn, words(panels, slots), looks.caption(looks.bars()));
    }

    private static String words(Map<String, List<Line>> panels, List<String> slots) {
        return panels.entrySet().stream().map(panel -> Looks.titled(panel.getKey()) + panel.getValue().stream()
                .map(line -> line.name() + " " + line.points().stream()
                        .map(point -> String.format(Locale.ROOT, "%.1f at %s", point.y(),
                                slots.get((int) Math.round(point.x()))))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "))).collect(Collectors.joining(". "));
    }
}
