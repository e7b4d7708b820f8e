package dev.normforge.comparison.plot;

import dev.normforge.chart.Chart;
import dev.normforge.chart.Entry;
import dev.normforge.chart.Panel;
import dev.normforge.chart.Point;
import dev.normforge.chart.Scale;
import dev.normforge.chart.Style;
import dev.normforge.comparison.score.Circumstances;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.comparison.score.Unit;
import dev.normforge.statistics.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** What all charts of a comparison have in common: which layers they draw and how, scales of scores, captions. */
final class Looks {

    /** Of ten classes, by guessing. */
    private static final double CHANCE = 0.1;
    static final String CHANCE_NAME = "chance";
    /** Error bars of several series beside each other. */
    static final double SHIFT = 4;

    private static final int MOST_PANELS = 6;
    private static final double LIMIT = 1e9;

    private final Sheet sheet;
    private final List<String> layers;

    Looks(Sheet sheet) {
        this.sheet = sheet;
        this.layers = sheet.rows();
    }

    Sheet sheet() {
        return sheet;
    }

    /** Those that are told apart; a crowd of random layers is not among them. */
    List<String> layers() {
        return layers;
    }

    /** The same in all charts. */
    Style style(String layer) {
        return Style.of(layers.indexOf(layer));
    }

    List<Entry> legend(Collection<String> shown, Entry.Kind kind) {
        return layers.stream().filter(shown::contains).map(layer -> new Entry(layer, style(layer), kind)).toList();
    }

    /** How far the i-th of several series stands beside its place, in pixels. */
    static double shift(int i, int of) {
        return SHIFT * (i - (of - 1) / 2.0);
    }

    /** Mean and standard deviation over seeds at a place, in the unit's own numbers. */
    static Point point(double x, Sample sample, Unit unit) {
        double mean = unit.shown(sample.mean());
        double deviation = unit.shown(sample.deviation());
        return unit == Unit.ACCURACY
                ? new Point(x, mean, Math.max(0, mean - deviation), Math.min(100, mean + deviation))
                : new Point(x, mean, mean - deviation, mean + deviation);
    }

    /** Scales over points and their error bars; accuracy stays between 0 and 100. */
    Function<List<Point>, Scale> scale(Unit unit) {
        return points -> {
            var values = points.stream().flatMapToDouble(point -> DoubleStream.of(point.low(), point.high())).boxed()
                    .toList();
            return unit == Unit.ACCURACY ? Scale.linear(values, 0, 100) : Scale.linear(values, -LIMIT, LIMIT);
        };
    }

    /** What guessing scores; not a number where nothing is guessed. */
    double chance(Unit unit) {
        return unit == Unit.ACCURACY ? unit.shown(CHANCE) : Double.NaN;
    }

    /** Where numbers come from, and what they leave out. */
    List<String> caption(String first) {
        var facts = new Circumstances(sheet);
        var caption = new ArrayList<String>();
        caption.add(first);
        caption.add("Data: %s. %s.".formatted(facts.images(), capital(facts.seeds())));
        caption.add(capital(facts.constants()) + ".");
        if (!facts.progress().isEmpty()) {
            caption.add(facts.progress());
        }
        sheet.result().notes().forEach(note -> caption.add(capital(note) + "."));
        return caption.stream().filter(line -> line.length() > 1).toList();
    }

    /** What error bars are. */
    String bars() {
        return sheet.result().spec().seeds() == 1
                ? "One seed: nothing tells how much another would differ."
                : "Means over seeds, bars ± one standard deviation. All layers see the same images.";
    }

    /** A panel's title before what it holds, in a description. */
    static String titled(String panel) {
        return panel.isEmpty() ? "" : panel + ": ";
    }

    static String capital(String text) {
        return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Charts of at most six panels, numbered where there are several. */
    List<Plot> plots(String name, String title, List<Entry> legend, List<Panel> panels, String description,
            List<String> caption) {
        var plots = new ArrayList<Plot>();
        int files = (panels.size() + MOST_PANELS - 1) / MOST_PANELS;
        for (int i = 0; i < files; i++) {
            var part = panels.subList(i * MOST_PANELS, Math.min(panels.size(), (i + 1) * MOST_PANELS));
            var itsName = files == 1 ? name : "%s-%d".formatted(name, i + 1);
            var itsTitle = files == 1 ? title : "%s (%d of %d)".formatted(title, i + 1, files);
            boolean one = part.size() == 1;
            plots.add(new Plot(itsName, itsTitle, new Chart(itsName, itsTitle, description, legend, part, one ? 1 : 2,
                    one ? 700 : 390, one ? 340 : 270, caption).svg()));
        }
        return plots;
    }
}
