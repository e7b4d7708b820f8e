package dev.normforge.comparison.plot;

import dev.normforge.chart.Axis;
import dev.normforge.chart.Entry;
import dev.normforge.chart.Mark;
import dev.normforge.chart.Panel;
import dev.normforge.chart.Point;
import dev.normforge.chart.Scale;
import dev.normforge.chart.Style;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Setting;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Random layers as a crowd, at one setting: how their accuracy is distributed in each anchor (EvoNorms, Figure 4), and
 * whether one anchor's accuracy tells another's (Figure 2). Chosen layers stand among them as marks.
 */
final class RandomPlots {

    private static final double BIN = 2;
    private static final int FEWEST = 5;
    /** Pixels between symbols at the heads of lines, and how many stand below each other. */
    private static final double HEAD = 14;
    private static final int HEADS = 8;

    private final Looks looks;
    private final Sheet sheet;
    private final Setting setting;
    private final List<Page> anchors;

    RandomPlots(Looks looks) {
        this.looks = looks;
        this.sheet = looks.sheet();
        this.setting = sheet.reference();
        this.anchors = sheet.pages().stream().filter(page -> !page.averages() && page.unit() == Unit.ACCURACY).toList();
    }

    List<Plot> plots() {
        if (sheet.drawn().size() < FEWEST) {
            return List.of();
        }
        var plots = new ArrayList<Plot>();
        plots.addAll(histograms());
        if (anchors.size() > 1) {
            plots.addAll(scatters());
        }
        return plots;
    }

    /** In %. */
    private OptionalDouble accuracy(String layer, Page page) {
        var score = sheet.score(page, layer, setting).filter(Score::measured);
        return score.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Unit.ACCURACY.shown(score.get().sample().mean()));
    }

    private List<Double> crowd(Page page) {
        return sheet.drawn().stream().map(layer -> accuracy(layer, page)).filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble).toList();
    }

    private List<Plot> histograms() {
        Map<Page, TreeMap<Double, Integer>> counts = new LinkedHashMap<>();
        var ends = new ArrayList<Double>(List.of(0.0));
        double most = 1;
        for (var anchor : anchors) {
            var bins = new TreeMap<Double, Integer>();
            crowd(anchor).forEach(accuracy -> bins.merge(Math.floor(accuracy / BIN) * BIN + BIN / 2, 1, Integer::sum));
            counts.put(anchor, bins);
            bins.forEach((middle, _) -> ends.add(middle + BIN / 2));
            sheet.chosen().forEach(layer -> accuracy(layer, anchor).ifPresent(ends::add));
            most = Math.max(most, bins.values().stream().mapToInt(Integer::intValue).max().orElse(1));
        }
        var x = new Axis(Unit.ACCURACY.title(), Scale.linear(ends, 0, 100));
        var y = new Axis("random layers", Scale.linear(List.of(0.0, most), 0, 1e9));
        var panels = anchors.stream()
                .map(anchor -> histogram(anchor, counts.getOrDefault(anchor, new TreeMap<>()), x, y))
                .toList();
        return looks.plots("random-histogram", "Accuracy of random layers" + at(), legend(Entry.Kind.SWATCH), panels,
                words(), looks.caption(crowdCaption(counts)));
    }

    private Panel histogram(Page anchor, TreeMap<Double, Integer> bins, Axis x, Axis y) {
        var marks = new ArrayList<Mark>();
        marks.add(new Mark.Bars(Style.plain(),
                bins.entrySet().stream().map(bin -> Point.of(bin.getKey(), bin.getValue())).toList(), BIN));
        marks.add(new Mark.Upright(Style.reference(), looks.chance(Unit.ACCURACY)));
        for (int i = 0; i < sheet.chosen().size(); i++) {
            var style = looks.style(sheet.chosen().get(i));
            double lower = HEAD * (i % HEADS);
            accuracy(sheet.chosen().get(i), anchor).ifPresent(accuracy -> {
                marks.add(new Mark.Upright(style, accuracy));
                marks.add(new Mark.Head(style, accuracy, lower));
            });
        }
        return new Panel(anchor.title(), x, y, marks);
    }

    private List<Plot> scatters() {
        var panels = new ArrayList<Panel>();
        var all = new ArrayList<Double>();
        anchors.forEach(anchor -> {
            all.addAll(crowd(anchor));
            sheet.chosen().forEach(layer -> accuracy(layer, anchor).ifPresent(all::add));
        });
        var scale = Scale.linear(all, 0, 100);
        for (int i = 0; i < anchors.size(); i++) {
            for (int j = i + 1; j < anchors.size(); j++) {
                panels.add(scatter(anchors.get(i), anchors.get(j), scale));
            }
        }
        return looks.plots("random-scatter", "Accuracy of random layers, anchor against anchor" + at(),
                legend(Entry.Kind.SYMBOL), panels, words(),
                looks.caption("A grey dot is a random layer, mean over its seeds."));
    }

    private Panel scatter(Page across, Page up, Scale scale) {
        var marks = new ArrayList<Mark>();
        marks.add(new Mark.Level(Style.reference(), looks.chance(Unit.ACCURACY)));
        marks.add(new Mark.Upright(Style.reference(), looks.chance(Unit.ACCURACY)));
        var points = new ArrayList<Point>();
        sheet.drawn().forEach(layer -> point(layer, across, up, points));
        marks.add(new Mark.Cloud(Style.plain(), points));
        for (var layer : sheet.chosen()) {
            var place = new ArrayList<Point>();
            point(layer, across, up, place);
            if (!place.isEmpty()) {
                marks.add(new Mark.Series(looks.style(layer), place, false, 1, 0));
            }
        }
        return new Panel("", new Axis(across.title() + " (%)", scale),
                new Axis(up.title() + " (%)", scale), marks);
    }

    private void point(String layer, Page across, Page up, List<Point> points) {
        accuracy(layer, across).ifPresent(x -> accuracy(layer, up).ifPresent(y -> points.add(Point.of(x, y))));
    }

    private List<Entry> legend(Entry.Kind crowd) {
        var legend = new ArrayList<Entry>();
        legend.add(new Entry("random layers", Style.plain(), crowd));
        legend.addAll(looks.legend(sheet.chosen(), Entry.Kind.SYMBOL));
        legend.add(new Entry(Looks.CHANCE_NAME, Style.reference(), Entry.Kind.RULE));
        return legend;
    }

    private String at() {
        return setting.values().isEmpty() ? "" : ", at " + setting.words();
    }

    private String crowdCaption(Map<Page, TreeMap<Double, Integer>> counts) {
        int most = counts.values().stream()
                .mapToInt(bins -> bins.values().stream().mapToInt(Integer::intValue).sum()).max().orElse(0);
        return "%d random layers, mean over their seeds, in bins of %.0f points; one that diverged counts as nothing right."
                .formatted(most, BIN);
    }

    private String words() {
        var words = new ArrayList<String>();
        for (var anchor : anchors) {
            var sorted = crowd(anchor).stream().sorted().toList();
            if (!sorted.isEmpty()) {
                words.add("%s: %d random layers, median %.1f %%, best %.1f %%".formatted(anchor.title(), sorted.size(),
                        sorted.get(sorted.size() / 2), sorted.getLast()));
            }
        }
        return String.join("; ", words);
    }
}
