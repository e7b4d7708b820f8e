package dev.normforge.cli;

import dev.normforge.report.Audit;
import dev.normforge.report.Calibration;
import dev.normforge.report.Funnel;
import dev.normforge.report.Interval;
import dev.normforge.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A finished search as text: calibration, funnel, the final table. Its sentence is left to be the last line of all. */
final class FinalText {

    private static final String NONE = "-";

    private FinalText() {
    }

    static List<String> of(Report report) {
        var lines = new ArrayList<String>();
        lines.add("search %s, preset %s, seed %d, data %s".formatted(report.search(), report.preset(), report.seed(),
                data(report.data())));
        if (report.conditions() != null) {
            lines.add(report.conditions());
        }
        lines.add("");
        var calibration = report.calibration();
        lines.addAll(calibration == null ? List.of("calibration: did not end") : calibration(calibration));
        lines.add("");
        lines.addAll(funnel(report.funnel()));
        lines.addAll(audit(report.audit()));
        lines.add("");
        lines.add("final table, data %s: accuracy, mean over anchors and fresh seeds, [95 %% interval]"
                .formatted(data(report.data())));
        lines.add(row("layer", "confirm", "test", "confirm - bn-relu"));
        lines.addAll(entries(report.confirmed(), "no layer was confirmed"));
        lines.add("  references, trained the same way");
        lines.addAll(entries(report.references(), "none"));
        if (report.endingNote() != null) {
            lines.add("");
            lines.add("ended %s: %s".formatted(report.ending(), report.endingNote()));
        }
        return lines;
    }

    /** As reports label it. */
    static String data(String name) {
        return name.equals("synthetic") ? "synthetic (built-in stand-in, not CIFAR-10)" : name;
    }

    private static List<String> calibration(Calibration calibration) {
        var lines = new ArrayList<String>();
        var noise = calibration.noise();
        var anchors = calibration.anchors();
        lines.add("calibration");
        lines.add("  noise of one run (standard deviation between seeds): "
                + (noise.degreesOfFreedom() == 0
                        ? "unknown, one seed each"
                        : String.join(", ",
                                IntStream.range(0, anchors.size())
                                        .mapToObj(i -> anchors.get(i) + " " + decimals(noise.anchors().get(i)))
                                        .toList())
                                + "; mean over anchors " + decimals(noise.mean())));
        lines.add(wide("layer", "accuracy", anchors));
        for (var baseline : calibration.references()) {
            lines.add(wide(baseline.layer(), Progress.accuracy(baseline.accuracy()),
                    baseline.anchors().stream().map(one -> decimals(one.mean())).toList()));
        }
        lines.add("  verdict: " + calibration.separation().sentence());
        return lines;
    }

    private static String wide(String layer, String accuracy, List<String> anchors) {
        var line = new StringBuilder("  %-14s%-22s".formatted(layer, accuracy));
        anchors.forEach(anchor -> line.append("  %12s".formatted(anchor)));
        return line.toString();
    }

    private static List<String> funnel(List<Funnel.Row> rows) {
        var lines = new ArrayList<String>();
        lines.add("funnel");
        lines.add("  %-11s%-26s%9s%14s%14s".formatted("stage", "reason", "layers", "steps spent", "steps saved"));
        for (var row : rows) {
            lines.add(String.format(Locale.ROOT, "  %-11s%-26s%9d%,14d%,14d",
                    Progress.words(row.stage().name()), Progress.words(row.reason()), row.count(), row.stepsSpent(),
                    row.stepsSaved()));
        }
        return lines;
    }

    private static List<String> audit(Audit audit) {
        var lines = new ArrayList<String>();
        for (var row : audit.stages()) {
            if (row.audited() > 0) {
                lines.add(audited(Progress.words(row.stage().name()), Long.toString(row.rejected()), row.audited(),
                        row.falselyRejected(), row.rate()));
                row.reasons().forEach(reason -> lines.add(audited("  " + Progress.words(reason.reason()), "",
                        reason.audited(), reason.falselyRejected(), reason.rate())));
            }
        }
        if (lines.isEmpty()) {
            return List.of();
        }
        lines.addFirst("  %-30s%9s%9s%8s    %s".formatted("stage", "rejected", "audited", "false", "rate"));
        lines.addFirst("audit: rejected layers trained to the end all the same; false where the final mean is at least "
                + "affine-relu's" + (audit.threshold() == null ? "" : ", " + decimals(audit.threshold())));
        return lines;
    }

    private static String audited(String name, String rejected, long audited, long falsely, @Nullable Interval rate) {
        return "  %-30s%9s%9d%8d    %s".formatted(name, rejected, audited, falsely, interval(rate));
    }

    private static List<String> entries(List<Report.Entry> entries, String none) {
        if (entries.isEmpty()) {
            return List.of("  " + none);
        }
        var lines = new ArrayList<String>();
        for (var entry : entries) {
            lines.add(row(entry.layer(), interval(entry.confirm()), interval(entry.test()), difference(entry)));
            lines.add("      " + entry.formula());
        }
        return lines;
    }

    private static String row(String layer, String confirm, String test, String difference) {
        return "  %-14s%-24s%-24s%s".formatted(layer, confirm, test, difference);
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null ? NONE : Progress.accuracy(interval);
    }

    private static String difference(Report.Entry entry) {
        var beyond = entry.beyondBnRelu();
        return beyond == null
                ? NONE
                : String.format(Locale.ROOT, "%+.3f [%+.3f, %+.3f]", beyond.mean(), beyond.low(), beyond.high());
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
