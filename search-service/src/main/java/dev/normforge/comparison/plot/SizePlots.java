package dev.normforge.comparison.plot;

import dev.normforge.chart.Axis;
import dev.normforge.chart.Entry;
import dev.normforge.chart.Mark;
import dev.normforge.chart.Panel;
import dev.normforge.chart.Point;
import dev.normforge.chart.Scale;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Setting;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Unit;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.Measured.NetworkSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Accuracy against parameters and against FLOPs of the network (EvoNorms, Figure 11), at one setting. */
final class SizePlots {

    /** From this ratio of the largest size to the smallest on, the axis is logarithmic. */
    private static final double WIDE = 5;
    private static final double MOST = 1e15;

    private final Looks looks;
    private final Sheet sheet;
    private final Setting setting;
    private final List<Dot> dots = new ArrayList<>();

    /** One layer in one anchor. */
    private record Dot(String layer, AnchorSpec anchor, NetworkSize size, Score score) {
    }

    SizePlots(Looks looks) {
        this.looks = looks;
        this.sheet = looks.sheet();
        this.setting = sheet.reference();
        var pages = sheet.pages().stream().filter(page -> !page.averages() && page.unit() == Unit.ACCURACY).toList();
        for (var page : pages) {
            for (var layer : looks.layers()) {
                sheet.score(page, layer, setting).filter(Score::measured).ifPresent(score -> add(page, layer, score));
            }
        }
    }

    private void add(Page page, String layer, Score score) {
        var anchor = sheet.result().spec().proxy().anchors().stream()
                .filter(spec -> spec.name().equals(page.anchors().getFirst())).findFirst();
        sheet.cell(layer, page.anchors().getFirst(), setting).flatMap(cell -> cell.runs().stream().findFirst())
                .ifPresent(run -> anchor.ifPresent(spec -> dots.add(new Dot(layer, spec, run.size(), score))));
    }

    List<Plot> plots() {
        if (dots.stream().map(Dot::size).distinct().count() < 2) {
            return List.of();
        }
        var y = new Axis(Unit.ACCURACY.title(), looks.scale(Unit.ACCURACY)
                .apply(dots.stream().map(dot -> point(dot, NetworkSize::parameters)).toList()));
        var panels = List.of(panel("parameters of the network", NetworkSize::parameters, y),
                panel("FLOPs of a forward pass, one image", NetworkSize::flops, y));
        var at = setting.values().isEmpty() ? "" : ", at " + setting.words();
        return looks.plots("score-by-size", "Accuracy against parameters and FLOPs" + at,
                looks.legend(dots.stream().map(Dot::layer).toList(), Entry.Kind.SYMBOL), panels, words(),
                looks.caption(looks.bars() + " " + lines()));
    }

    private String lines() {
        return "Grey lines are networks.%s".formatted(
                series().stream().anyMatch(series -> series.size() > 1)
                        ? " Other lines join those of one family."
                        : "");
    }

    private Panel panel(String title, ToLongFunction<NetworkSize> size, Axis y) {
        var sizes = dots.stream().map(dot -> (double) size.applyAsLong(dot.size())).toList();
        double low = sizes.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = sizes.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        var x = low > 0 && high / low >= WIDE ? Scale.decades(sizes) : Scale.linear(sizes, 0, MOST);
        var marks = new ArrayList<Mark>();
        dots.stream().map(dot -> dot.anchor().name()).distinct()
                .forEach(anchor -> marks.add(new Mark.Flag(anchor, median(anchor, size))));
        series().forEach(series -> marks.add(new Mark.Series(looks.style(series.getFirst().layer()),
                series.stream().map(dot -> point(dot, size)).sorted((one, other) -> Double.compare(one.x(), other.x()))
                        .toList(),
                series.size() > 1, 1, 0)));
        return new Panel("", new Axis(title, x), y, marks);
    }

    /** Where most layers have an anchor. */
    private double median(String anchor, ToLongFunction<NetworkSize> size) {
        var sizes = dots.stream().filter(dot -> dot.anchor().name().equals(anchor))
                .mapToLong(dot -> size.applyAsLong(dot.size())).sorted().toArray();
        return sizes[sizes.length / 2];
    }

    /** Of each layer, the networks of one family together. */
    private List<List<Dot>> series() {
        record Family(String layer, AnchorSpec.Family family) {
        }
        Map<Family, List<Dot>> series = dots.stream().collect(Collectors.groupingBy(
                dot -> new Family(dot.layer(), dot.anchor().family()), LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(series.values());
    }

    private static Point point(Dot dot, ToLongFunction<NetworkSize> size) {
        return Looks.point(size.applyAsLong(dot.size()), dot.score().sample(), Unit.ACCURACY);
    }

    private String words() {
        return dots.stream()
                .map(dot -> "%s in %s: %d parameters, %d FLOPs, %s %%".formatted(dot.layer(), dot.anchor().name(),
                        dot.size().parameters(), dot.size().flops(), Unit.ACCURACY.text(dot.score().sample().mean())))
                .collect(Collectors.joining("; "));
    }
}
