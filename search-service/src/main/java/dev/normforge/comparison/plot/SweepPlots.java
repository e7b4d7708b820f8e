package dev.normforge.comparison.plot;

import dev.normforge.chart.Point;
import dev.normforge.chart.Style;
import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.Run;
import dev.normforge.comparison.Run.ThreeCurves;
import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Page;
import dev.normforge.comparison.score.Score;
import dev.normforge.comparison.score.Scoring;
import dev.normforge.comparison.score.Setting;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Unit;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Scores along a dimension that has numbers, in three ways. */
final class SweepPlots {

    private final Looks looks;
    private final Sheet sheet;
    private final Walk walk;
    private final Page page;

    SweepPlots(Looks looks, Walk walk, Page page) {
        this.looks = looks;
        this.sheet = looks.sheet();
        this.walk = walk;
        this.page = page;
    }

    /** A line for each layer (EvoNorms, Figure 1), a panel for whatever else varies. */
    List<Plot> byLayer() {
        var lines = new Lines(walk.axis());
        for (var rest : walk.rests(sheet)) {
            lines.panel(rest.words(), looks.layers().stream()
                    .map(layer -> new Line(layer, looks.style(layer), scores(layer, rest))).toList());
        }
        return lines.plots(looks, name("score-by-"), title(""), page.unit().title(), looks.scale(page.unit()),
                looks.chance(page.unit()), Looks.CHANCE_NAME);
    }

    /** A line for each kind of population statistics, a panel for each layer that they make a difference to. */
    List<Plot> byStatistics() {
        var lines = new Lines(walk.axis());
        var kinds = sheet.values(Dimension.STATISTICS);
        for (var rest : walk.rests(sheet).stream().map(rest -> rest.without(Dimension.STATISTICS)).distinct()
                .toList()) {
            for (var layer : sheet.chosen()) {
                var all = new ArrayList<Line>();
                boolean differ = false;
                for (int i = 0; i < kinds.size(); i++) {
                    var itsRest = rest.with(Dimension.STATISTICS, kinds.get(i));
                    all.add(new Line(kinds.get(i), Style.of(i), scores(layer, itsRest)));
                    differ |= i > 0 && walk.settings(itsRest).stream()
                            .anyMatch(setting -> sheet.score(page, layer, setting).filter(Score::measured)
                                    .filter(score -> !score.repeats()).isPresent());
                }
                if (differ) {
                    lines.panel(titled(layer, rest), all);
                }
            }
        }
        return lines.plots(looks, name("statistics-by-"), title(", by statistics"), page.unit().title(),
                looks.scale(page.unit()), looks.chance(page.unit()), Looks.CHANCE_NAME);
    }

    /**
     * The three error curves of "Rethinking Batch", a panel for each layer and kind of population statistics: with the test
     * batch's own in their place the third would be the second.
     */
    List<Plot> threeCurves() {
        var lines = new Lines(walk.axis());
        for (var layer : sheet.chosen()) {
            for (var rest : walk.rests(sheet).stream().filter(this::hasPopulation).toList()) {
                lines.panel(titled(layer, rest), List.of(
                        new Line("training images, batch statistics", Style.of(0),
                                errors(layer, rest, ThreeCurves::trainingImagesBatchStatistics)),
                        new Line("held-out images, batch statistics", Style.of(1),
                                errors(layer, rest, ThreeCurves::heldOutBatchStatistics)),
                        new Line("held-out images, population statistics", Style.of(2),
                                errors(layer, rest, ThreeCurves::heldOutPopulationStatistics))));
            }
        }
        return lines.plots(looks, name("three-errors-by-"), "Three errors" + title("").substring("Accuracy".length()),
                "error in %", looks.scale(Unit.ACCURACY), 100 - looks.chance(Unit.ACCURACY), Looks.CHANCE_NAME);
    }

    private boolean hasPopulation(Setting rest) {
        return !rest.values().getOrDefault(Dimension.STATISTICS, sheet.values(Dimension.STATISTICS).getFirst())
                .equals(new BatchStatistics.OfTheTestBatch().label());
    }

    private String name(String kind) {
        return kind + walk.name() + "-" + page.file();
    }

    private String title(String more) {
        return "%s against %s%s: %s".formatted(page.unit() == Unit.ACCURACY ? "Accuracy" : "PSNR", walk.words(), more,
                page.title());
    }

    private static String titled(String layer, Setting rest) {
        return rest.values().isEmpty() ? layer : "%s, %s".formatted(layer, rest.words());
    }

    private List<Point> scores(String layer, Setting rest) {
        var points = new ArrayList<Point>();
        for (var setting : walk.settings(rest)) {
            sheet.score(page, layer, setting).filter(Score::measured)
                    .ifPresent(score -> points.add(Looks.point(walk.at(setting), score.sample(), page.unit())));
        }
        return points;
    }

    private List<Point> errors(String layer, Setting rest, ToDoubleFunction<ThreeCurves> curve) {
        var points = new ArrayList<Point>();
        for (var setting : walk.settings(rest)) {
            List<CellResult> cells = page.anchors().stream()
                    .flatMap(anchor -> sheet.cell(layer, anchor, setting).stream()).toList();
            var errors = Scoring.means(cells, run -> error(run, curve));
            if (!errors.isEmpty() && cells.size() == page.anchors().size()) {
                points.add(Looks.point(walk.at(setting), new Sample(List.copyOf(errors.values())), Unit.ACCURACY));
            }
        }
        return points;
    }

    private static double error(Run run, ToDoubleFunction<ThreeCurves> curve) {
        return run.threeCurves() == null ? Double.NaN : 1 - curve.applyAsDouble(run.threeCurves());
    }
}
