package dev.normforge.comparison.plot;

import dev.normforge.chart.Axis;
import dev.normforge.chart.Entry;
import dev.normforge.chart.Mark;
import dev.normforge.chart.Panel;
import dev.normforge.chart.Point;
import dev.normforge.chart.Scale;
import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.Run;
import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Setting;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Training loss and score of held-out images while an anchor is trained (EvoNorms, Figure 7): two panels for each training. */
final class CurvePlots {

    /**
     * Nine tenths of the losses are shown whole, and of the others what lies above by no more than this share of the range of
     * these: one overshoot would flatten everything else.
     */
    private static final double TALL = 1.5;
    private static final double MOST = 0.9;
    private static final int SYMBOLS = 5;
    private static final double LIMIT = 1e12;

    private final Looks looks;
    private final Sheet sheet;
    private final Page page;
    private final boolean byImages;

    private record Step(double step, double value) {
    }

    /** @param page of a single anchor */
    CurvePlots(Looks looks, Page page) {
        this.looks = looks;
        this.sheet = looks.sheet();
        this.page = page;
        this.byImages = sheet.varies(Dimension.BATCH);
    }

    List<Plot> plots() {
        Map<Setting, List<Line>> losses = new LinkedHashMap<>();
        Map<Setting, List<Line>> scores = new LinkedHashMap<>();
        for (var setting : trainings()) {
            losses.put(setting, lines(setting, CurvePlots::losses));
            scores.put(setting, lines(setting, this::scores));
        }
        losses.values().removeIf(lines -> lines.stream().allMatch(line -> line.points().size() < 2));
        scores.values().removeIf(lines -> lines.stream().allMatch(line -> line.points().size() < 2));
        if (losses.isEmpty()) {
            return List.of();
        }
        var x = new Axis(byImages ? "training images seen" : "steps", Scale.linear(
                all(losses).stream().map(Point::x).toList(), 0, LIMIT));
        double top = tallest(all(losses));
        var lossAxis = new Axis("training loss", Scale.linear(
                all(losses).stream().map(point -> Math.min(top, point.y())).toList(), -LIMIT, LIMIT));
        var scoreAxis = new Axis("held-out " + page.unit().title(), looks.scale(page.unit()).apply(all(scores)));
        var panels = new ArrayList<Panel>();
        losses.forEach((setting, lines) -> {
            var title = shortest(setting, losses.keySet()).words();
            panels.add(panel(title, x, lossAxis, lines));
            if (scores.containsKey(setting)) {
                panels.add(panel(title, x, scoreAxis, scores.getOrDefault(setting, List.of())));
            }
        });
        return looks.plots("curves-" + page.file(), "Training loss and held-out score in training: " + page.title(),
                looks.legend(names(losses), Entry.Kind.LINE), panels, words(losses, scores),
                looks.caption(
                        "Means over seeds; runs that ended early are left out where others of their layer did not."
                                + (all(losses).stream().anyMatch(point -> point.y() > top)
                                        ? " The highest losses are cut off."
                                        : "")));
    }

    /** One setting for each training: what only evaluation differs in has the same curves. */
    private List<Setting> trainings() {
        var seen = new LinkedHashMap<String, Setting>();
        for (var setting : sheet.settings()) {
            var numbers = looks.layers().stream()
                    .map(layer -> sheet.cell(layer, page.anchors().getFirst(), setting)
                            .map(cell -> Integer.toString(cell.training())).orElse("-"))
                    .collect(Collectors.joining(" "));
            seen.putIfAbsent(numbers, setting);
        }
        return List.copyOf(seen.values());
    }

    /** Without what evaluation alone differs in, if that tells all trainings apart. */
    private Setting shortest(Setting setting, Collection<Setting> all) {
        boolean unique = all.stream().map(CurvePlots::trained).distinct().count() == all.size();
        return unique ? trained(setting) : setting;
    }

    private static Setting trained(Setting setting) {
        return setting.without(Dimension.STATISTICS).without(Dimension.CORRUPTION).without(Dimension.ADAPTED);
    }

    private List<Line> lines(Setting setting, Function<Run, List<Step>> curve) {
        var lines = new ArrayList<Line>();
        for (var layer : looks.layers()) {
            sheet.cell(layer, page.anchors().getFirst(), setting)
                    .ifPresent(cell -> lines.add(new Line(layer, looks.style(layer), mean(cell, curve))));
        }
        return lines;
    }

    /** Over whole runs: one that ended early would bend the mean where it ends. */
    private List<Point> mean(CellResult cell, Function<Run, List<Step>> curve) {
        var byStep = new TreeMap<Double, List<Double>>();
        var whole = cell.runs().stream().filter(run -> !sheet.diverged(cell.cell(), run)).toList();
        for (var run : whole.isEmpty() ? cell.runs() : whole) {
            curve.apply(run).stream().filter(step -> Double.isFinite(step.value))
                    .forEach(step -> byStep.computeIfAbsent(step.step, _ -> new ArrayList<>()).add(step.value));
        }
        return byStep.entrySet().stream()
                .map(entry -> Point.of(entry.getKey() * (byImages ? cell.cell().batch() : 1),
                        entry.getValue().stream().mapToDouble(Double::doubleValue).average().orElseThrow()))
                .toList();
    }

    private static List<Step> losses(Run run) {
        return run.losses().stream().map(point -> new Step(point.step(), point.loss())).toList();
    }

    private List<Step> scores(Run run) {
        return run.evaluations().stream().map(point -> new Step(point.step(), page.unit() == Unit.ACCURACY
                ? page.unit().shown(point.accuracy())
                : point.psnr() == null ? Double.NaN : point.psnr())).toList();
    }

    private static List<Point> all(Map<Setting, List<Line>> panels) {
        return panels.values().stream().flatMap(List::stream).flatMap(line -> line.points().stream()).toList();
    }

    private static List<String> names(Map<Setting, List<Line>> panels) {
        return panels.values().stream().flatMap(List::stream).filter(line -> !line.points().isEmpty()).map(Line::name)
                .distinct().toList();
    }

    private static double tallest(List<Point> losses) {
        var sorted = losses.stream().mapToDouble(Point::y).sorted().toArray();
        double most = sorted[(int) (MOST * (sorted.length - 1))];
        return most + TALL * (most - sorted[0]);
    }

    private static Panel panel(String title, Axis x, Axis y, List<Line> lines) {
        return new Panel(title, x, y, lines.stream().filter(line -> !line.points().isEmpty())
                .<Mark>map(line -> new Mark.Series(line.style(), line.points(), true,
                        Math.max(1, line.points().size() / SYMBOLS), 0))
                .toList());
    }

    private static String words(Map<Setting, List<Line>> losses, Map<Setting, List<Line>> scores) {
        return "At the end, training loss: " + ends(losses) + ". Held-out score: " + ends(scores) + ".";
    }

    private static String ends(Map<Setting, List<Line>> panels) {
        return panels.entrySet().stream().map(panel -> Looks.titled(panel.getKey().words())
                + panel.getValue().stream().filter(line -> !line.points().isEmpty())
                        .map(line -> String.format(Locale.ROOT, "%s %.2f", line.name(), line.points().getLast().y()))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }
}
