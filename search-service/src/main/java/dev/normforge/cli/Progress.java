package dev.normforge.cli;

import dev.normforge.report.Calibration;
import dev.normforge.report.Funnel;
import dev.normforge.report.Interval;
import dev.normforge.report.SearchView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A running search as text.
 *
 * @param calibration null before it has ended
 * @param address of the page
 */
record Progress(SearchView search, Funnel funnel, @Nullable Calibration calibration, String address)
        implements
            Shown {

    private static final int BAR = 24;
    private static final String INDENT = "            ";

    @Override
    public String phase() {
        return search.phase();
    }

    @Override
    public List<String> block(int width) {
        var lines = new ArrayList<String>();
        lines.add("%s, seed %d, %s    %s".formatted(search.name(), search.seed(), search.data(), address));
        lines.add("%-12s%s".formatted(words(search.phase()), bar()));
        lines.add("layers      proposed %d, trained %d, scored %d; in training %d, waiting %d".formatted(
                search.births(), search.trained(), search.scored(), search.running(), search.waiting()));
        lines.addAll(wrapped("funnel      ", reasons(), width));
        var best = search.best();
        if (best != null) {
            lines.add("best        %s  %s".formatted(accuracy(best.accuracy()), besideBnRelu()));
            lines.addAll(wrapped(INDENT, List.of(best.formula()), width));
        }
        if (search.verdict() != null) {
            lines.addAll(wrapped("proxy       ", List.of(search.verdict().split(" ")), " ", width));
        }
        return lines.stream().map(line -> line.length() > width ? line.substring(0, width) : line).toList();
    }

    @Override
    public String line() {
        var best = search.best();
        return "%s: %s; proposed %d, trained %d, scored %d%s".formatted(words(search.phase()), time(),
                search.births(), search.trained(), search.scored(),
                best == null
                        ? ""
                        : "; best %s (%s) %s".formatted(accuracy(best.accuracy()), besideBnRelu(), best.formula()));
    }

    private String bar() {
        var remaining = search.remainingMillis();
        if (remaining == null) {
            return "[" + "-".repeat(BAR) + "]  " + time();
        }
        double done = search.activeMillis() / (double) Math.max(1, search.activeMillis() + remaining);
        int filled = (int) Math.floor(done * BAR);
        return "[%s%s] %3.0f %%  %s".formatted("#".repeat(filled), "-".repeat(BAR - filled), Math.floor(done * 100),
                time());
    }

    private String time() {
        var spent = minutes(search.activeMillis());
        var remaining = search.remainingMillis();
        return remaining == null ? spent : spent + ", about " + minutes(remaining) + " left";
    }

    private String besideBnRelu() {
        var reference = calibration == null ? null : calibration.reference("bn-relu");
        return reference == null ? "bn-relu not known yet" : "bn-relu " + accuracy(reference.accuracy());
    }

    /** {@code static 210 (no-input 100, constant-over-space 110)} and so on, each stage one word group. */
    private List<String> reasons() {
        Map<Funnel.Stage, List<Funnel.Row>> stages = new EnumMap<>(Funnel.Stage.class);
        funnel.rows().forEach(row -> stages.computeIfAbsent(row.stage(), _ -> new ArrayList<>()).add(row));
        var groups = new ArrayList<String>();
        stages.forEach((stage, rows) -> groups.add(group(stage, rows)));
        return groups.isEmpty() ? List.of("nothing proposed yet") : groups;
    }

    private static String group(Funnel.Stage stage, List<Funnel.Row> rows) {
        long count = rows.stream().mapToLong(Funnel.Row::count).sum();
        var name = words(stage.name()) + " " + count;
        var reasons = rows.stream().filter(row -> !row.reason().equalsIgnoreCase(stage.name()))
                .map(row -> words(row.reason()) + " " + row.count()).toList();
        return reasons.isEmpty() ? name : name + " (" + String.join(", ", reasons) + ")";
    }

    /** {@code NO_INPUT} as {@code no-input}. */
    static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> wrapped(String first, List<String> parts, int width) {
        return wrapped(first, parts, " · ", width);
    }

    private static List<String> wrapped(String first, List<String> parts, String separator, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(first);
        boolean empty = true;
        for (var part : parts) {
            if (!empty && line.length() + separator.length() + part.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(INDENT);
                empty = true;
            }
            line.append(empty ? "" : separator).append(part);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    /** {@code 1 cell}, {@code 2 cells}. */
    static String counted(int number, String noun) {
        return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
    }

    static String accuracy(Interval interval) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", interval.mean(), interval.low(), interval.high());
    }

    static String minutes(long millis) {
        var time = Duration.ofMillis(millis);
        return time.toHours() > 0
                ? "%d h %02d min".formatted(time.toHours(), time.toMinutesPart())
                : time.toMinutes() > 0
                        ? "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart())
                        : "%d s".formatted(time.toSeconds());
    }
}
