package dev.normforge.comparison.plot;

import dev.normforge.chart.Axis;
import dev.normforge.chart.Entry;
import dev.normforge.chart.Mark;
import dev.normforge.chart.Panel;
import dev.normforge.chart.Point;
import dev.normforge.chart.Scale;
import dev.normforge.chart.Style;
import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Setting;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bars over corrupted images. Where statistics were adapted too, a panel for each layer with two bars beside each other;
 * else a bar for each layer.
 */
final class CorruptionPlots {

    /** Share of a slot that its bars fill. */
    private static final double FILLED = 0.78;

    private final Looks looks;
    private final Sheet sheet;
    private final Page page;

    /** Bars of one style over all slots. */
    private record Row(String name, Style style, List<Point> bars) {
    }

    CorruptionPlots(Looks looks, Page page) {
        this.looks = looks;
        this.sheet = looks.sheet();
        this.page = page;
    }

    List<Plot> plots() {
        boolean adapts = sheet.varies(Dimension.ADAPTED);
        Map<String, List<Row>> panels = new LinkedHashMap<>();
        var rests = sheet.settings().stream()
                .map(setting -> setting.without(Dimension.CORRUPTION).without(Dimension.ADAPTED)).distinct().toList();
        for (var rest : rests) {
            if (adapts) {
                sheet.chosen().forEach(layer -> panels.put(
                        rest.values().isEmpty() ? layer : "%s, %s".formatted(layer, rest.words()),
                        adapted(layer, rest)));
            } else {
                var rows = new ArrayList<Row>();
                looks.layers().forEach(layer -> rows.add(new Row(layer, looks.style(layer),
                        bars(layer, rest, rows.size(), looks.layers().size()))));
                panels.put(rest.words(), rows);
            }
        }
        panels.values().removeIf(rows -> rows.stream().allMatch(row -> row.bars().isEmpty()));
        return panels.isEmpty() ? List.of() : drawn(panels, adapts);
    }

    private List<Row> adapted(String layer, Setting rest) {
        var values = sheet.values(Dimension.ADAPTED);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < values.size(); i++) {
            var style = i == 0 ? Style.of(0).solid() : Style.of(0).hatched();
            rows.add(new Row(values.get(i), style, bars(layer, rest.with(Dimension.ADAPTED, values.get(i)), i, 2)));
        }
        return rows;
    }

    private List<Point> bars(String layer, Setting rest, int i, int of) {
        var slots = sheet.values(Dimension.CORRUPTION);
        var bars = new ArrayList<Point>();
        for (int slot = 0; slot < slots.size(); slot++) {
            double x = slot + FILLED * ((i + 0.5) / of - 0.5);
            sheet.score(page, layer, rest.with(Dimension.CORRUPTION, slots.get(slot))).filter(Score::measured)
                    .ifPresent(score -> bars.add(Looks.point(x, score.sample(), page.unit())));
        }
        return bars;
    }

    private List<Plot> drawn(Map<String, List<Row>> panels, boolean adapts) {
        var slots = sheet.values(Dimension.CORRUPTION);
        int series = panels.values().stream().mapToInt(List::size).max().orElse(1);
        var heights = new ArrayList<>(panels.values().stream().flatMap(List::stream)
                .flatMap(row -> row.bars().stream()).map(Point::high).toList());
        heights.add(0.0);
        var x = new Axis("scored images", new Scale.Slots(slots));
        var y = new Axis(page.unit().title(), Scale.linear(heights, 0, 100));
        boolean guessed = page.unit() == Unit.ACCURACY;
        var drawn = new ArrayList<Panel>();
        var legend = new LinkedHashMap<String, Entry>();
        panels.forEach((title, rows) -> {
            var marks = new ArrayList<Mark>();
            for (var row : rows) {
                marks.add(new Mark.Bars(row.style(), row.bars(), FILLED / series));
                legend.putIfAbsent(row.name(), new Entry(row.name(), row.style(), Entry.Kind.SWATCH));
            }
            if (guessed) {
                marks.add(new Mark.Level(Style.reference(), looks.chance(page.unit())));
            }
            drawn.add(new Panel(title, x, y, marks));
        });
        if (guessed) {
            legend.put(Looks.CHANCE_NAME, new Entry(Looks.CHANCE_NAME, Style.reference(), Entry.Kind.RULE));
        }
        return looks.plots("score-by-corruption-" + page.file(), "%s on corrupted images%s: %s".formatted(
                page.unit() == Unit.ACCURACY ? "Accuracy" : "PSNR",
                adapts ? ", with and without adapted statistics" : "", page.title()),
                List.copyOf(legend.values()), drawn, words(panels, slots), looks.caption(looks.bars()));
    }

    private static String words(Map<String, List<Row>> panels, List<String> slots) {
        return panels.entrySet().stream().map(panel -> Looks.titled(panel.getKey()) + panel.getValue().stream()
                .map(row -> row.name() + " " + row.bars().stream()
                        .map(bar -> String.format(Locale.ROOT, "%.1f on %s", bar.y(),
                                slots.get((int) Math.round(bar.x()))))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "))).collect(Collectors.joining(". "));
    }
}
