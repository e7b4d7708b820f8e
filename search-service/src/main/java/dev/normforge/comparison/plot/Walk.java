package dev.normforge.comparison.plot;

import dev.normforge.chart.Axis;
import dev.normforge.chart.Scale;
import dev.normforge.chart.Tick;
import dev.normforge.comparison.score.Dimension;
import dev.normforge.comparison.score.Setting;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.protocol.BatchStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A dimension whose values are numbers that an axis can have, in rising order.
 *
 * @param name what files are called after
 * @param title of the axis
 * @param values as settings have them
 * @param ticks one for each value, with its place on a logarithmic axis
 */
record Walk(Dimension dimension, String name, String title, List<String> values, List<Tick> ticks) {

    Walk {
        values = List.copyOf(values);
        ticks = List.copyOf(ticks);
    }

    private record Step(String value, Tick tick) {
    }

    /** Batch sizes, or normalization batches. */
    static Optional<Walk> batches(Sheet sheet, Dimension dimension) {
        var steps = sheet.values(dimension).stream()
                .map(value -> new Step(value, new Tick(Double.parseDouble(value), value))).toList();
        return sheet.varies(dimension)
                ? of(dimension, dimension == Dimension.BATCH ? "batch" : "normalization-batch",
                        dimension == Dimension.BATCH
                                ? "batch (images a step)"
                                : "normalization batch (images seen together)",
                        steps)
                : Optional.empty();
    }

    /** How many images PreciseBN reads, with the estimator that has several. */
    static Optional<Walk> images(Sheet sheet) {
        return statistics(sheet, "precise-images", "images measured by PreciseBN",
                kind -> kind instanceof BatchStatistics.Precise(var images, var _) && !averages(kind)
                        ? new Tick(images, String.format(Locale.ROOT, "%,d", images))
                        : null);
    }

    private static boolean averages(BatchStatistics kind) {
        return kind instanceof BatchStatistics.Precise precise && precise.averagesBatches();
    }

    /** The decay of moving averages, by the number of batches that they remember: 1/(1 − decay). */
    static Optional<Walk> decays(Sheet sheet) {
        return statistics(sheet, "decay", "decay of the moving averages",
                kind -> kind instanceof BatchStatistics.Moving(var decay)
                        ? new Tick(1 / (1 - decay), Double.toString(decay))
                        : null);
    }

    private static Optional<Walk> statistics(Sheet sheet, String name, String title,
            Function<BatchStatistics, @Nullable Tick> tick) {
        var steps = new ArrayList<Step>();
        for (var kind : sheet.result().spec().grid().statistics()) {
            var place = tick.apply(kind);
            if (place != null && sheet.values(Dimension.STATISTICS).contains(kind.label())) {
                steps.add(new Step(kind.label(), place));
            }
        }
        return of(Dimension.STATISTICS, name, title, steps);
    }

    private static Optional<Walk> of(Dimension dimension, String name, String title, List<Step> steps) {
        var sorted = steps.stream().sorted(Comparator.comparingDouble(step -> step.tick().at())).toList();
        return sorted.size() < 2
                ? Optional.empty()
                : Optional.of(new Walk(dimension, name, title, sorted.stream().map(Step::value).toList(),
                        sorted.stream().map(Step::tick).toList()));
    }

    /** In a title. */
    String words() {
        return title.replaceAll(" \\(.*", "");
    }

    Axis axis() {
        return new Axis(title, Scale.logarithmic(ticks));
    }

    /** Where a setting stands on the axis. */
    Optional<Double> place(Setting setting) {
        int i = values.indexOf(setting.value(dimension));
        return i < 0 ? Optional.empty() : Optional.of(ticks.get(i).at());
    }

    /** What else varies along the walk: one panel for each. */
    List<Setting> rests(Sheet sheet) {
        return sheet.settings().stream().filter(setting -> place(setting).isPresent())
                .map(setting -> setting.without(dimension)).distinct().toList();
    }

    /** The settings from left to right that share the rest. */
    List<Setting> settings(Setting rest) {
        return values.stream().map(value -> rest.with(dimension, value)).toList();
    }

    double at(Setting setting) {
        return Objects.requireNonNull(place(setting).orElse(null), setting.words());
    }
}
