package dev.normforge.report;

import dev.normforge.report.Report.Entry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as tables for people. */
final class Markdown {

    private static final String NONE = "–";

    private final StringBuilder text = new StringBuilder();

    private Markdown() {
    }

    static String of(Report report) {
        var markdown = new Markdown();
        markdown.write(report);
        return markdown.text.toString();
    }

    private void write(Report report) {
        line("# Search %s", cell(report.search()));
        line("");
        line("Preset %s, seed %d, images: %s. Ended: %s%s. Evolution version %d, simplifier version %d.",
                report.preset(), report.seed(), data(report.data()), report.ending(),
                report.endingNote() == null ? "" : " (" + report.endingNote() + ")", report.versions().evolution(),
                report.versions().simplifier());
        if (report.conditions() != null) {
            line("");
            line("%s", report.conditions());
        }
        line("");
        line("**%s**", report.sentence());
        layers(report);
        front(report.front());
        var calibration = report.calibration();
        if (calibration != null) {
            calibration(calibration);
        }
        funnel(report);
    }

    private static String data(String name) {
        return name.equals("synthetic") ? "synthetic (a stand-in, not CIFAR-10)" : name;
    }

    private void layers(Report report) {
        heading("Confirmed layers and references");
        line("Mean accuracy in % over anchors and fresh seeds, with 95 % intervals. Confirm scores order the list; test "
                + "scores were opened after it was frozen. Differences are paired over common seeds.");
        table("layer", "confirm", "test", "test − bn-relu", "operations", "tensor passes", "formula");
        report.confirmed().forEach(this::layer);
        report.references().forEach(this::layer);
    }

    private void layer(Entry entry) {
        row(entry.layer(), percent(entry.confirm()), percent(entry.test()), points(entry.testBeyondBnRelu()),
                entry.cost().operations(), entry.cost().tensorPasses(), code(entry.formula()));
    }

    private void front(List<Entry> front) {
        heading("Front by search scores");
        line("These scores selected the layers and are optimistic. Solid: on the front with probability above 0.9 when "
                + "seeds and images are resampled.");
        table("layer", "search", "probability", "formula");
        for (var entry : front) {
            var probability = entry.frontProbability();
            row(entry.layer(), percent(entry.search()),
                    probability == null ? NONE : String.format(Locale.ROOT, "%.2f", probability),
                    code(entry.formula()));
        }
    }

    private void calibration(Calibration calibration) {
        heading("Calibration");
        var noise = calibration.noise();
        line("%s Noise of one run (standard deviation between seeds, %d degrees of freedom): %.2f points for the mean.",
                calibration.separation().sentence(), noise.degreesOfFreedom(), 100 * noise.mean());
        table("reference", "runs", "search accuracy", "step, ms per anchor");
        for (var baseline : calibration.references()) {
            row(baseline.layer(),
                    baseline.runs()
                            + (baseline.diverged() == 0 ? "" : " (%d diverged)".formatted(baseline.diverged())),
                    percent(baseline.accuracy()), String.join(", ", baseline.stepMillis().stream()
                            .map(millis -> String.format(Locale.ROOT, "%.1f", millis)).toList()));
        }
    }

    private void funnel(Report report) {
        heading("Funnel");
        table("stage", "reason", "layers", "steps spent", "steps saved");
        report.funnel()
                .forEach(row -> row(row.stage(), row.reason(), row.count(), row.stepsSpent(), row.stepsSaved()));
        audit(report.audit());
    }

    private void audit(Audit audit) {
        heading("Audit");
        line("Rejected layers that were trained to the end all the same. A rejection was false where the layer's final mean "
                + "is at least affine-relu's%s. Rates in %%, with 95 %% intervals.",
                audit.threshold() == null
                        ? ", which is not known"
                        : String.format(Locale.ROOT, ", %.1f %%", 100 * audit.threshold()));
        table("stage", "rule or gate", "rejected", "audited", "false", "false-rejection rate");
        for (var row : audit.stages()) {
            row(row.stage(), "all", row.rejected(), row.audited(), row.falselyRejected(), percent(row.rate()));
            for (var reason : row.reasons()) {
                row(row.stage(), reason.reason(), "", reason.audited(), reason.falselyRejected(),
                        percent(reason.rate()));
            }
        }
    }

    private void heading(String title) {
        line("");
        line("## %s", title);
        line("");
    }

    private void table(String... columns) {
        if (!text.toString().endsWith("\n\n")) {
            line("");
        }
        row((Object[]) columns);
        line("|%s", "---|".repeat(columns.length));
    }

    private void row(Object... cells) {
        text.append('|');
        for (var value : cells) {
            text.append(' ').append(cell(value.toString())).append(" |");
        }
        text.append('\n');
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String cell(String value) {
        return value.replace("|", "\\|").replace("\n", " ");
    }

    private static String code(String formula) {
        return "`" + formula + "`";
    }

    private static String percent(@Nullable Interval interval) {
        return interval == null
                ? NONE
                : String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", 100 * interval.mean(), 100 * interval.low(),
                        100 * interval.high());
    }

    private static String points(@Nullable Interval difference) {
        return difference == null
                ? NONE
                : String.format(Locale.ROOT, "%+.1f (%+.1f to %+.1f)", 100 * difference.mean(),
                        100 * difference.low(), 100 * difference.high());
    }
}
