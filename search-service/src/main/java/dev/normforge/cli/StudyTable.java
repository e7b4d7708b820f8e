package dev.normforge.cli;

import dev.normforge.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches that differ in their seed alone, side by side: does the best confirmed layer reach BN-ReLU, up to one standard
 * deviation of a run?
 */
record StudyTable(String study, List<Row> rows) {

    private static final String BASELINE = "bn-relu";

    /**
     * One search. Accuracies are means over anchors and fresh seeds of the last confirmation round.
     *
     * @param layer best confirmed layer by its confirm mean; null where none was confirmed
     * @param runs how many seeds it was confirmed with
     * @param deviation standard deviation of a run's mean over anchors on the confirm images, pooled over the two layers
     *        compared: a third that scatters between seeds must not lower the bar
     * @param reaches whether best is at least bnRelu minus deviation, on the confirm images
     */
    record Row(long seed, String search, String data, @Nullable String layer, @Nullable String formula, int runs,
            @Nullable Double best, @Nullable Double bnRelu, @Nullable Double deviation, @Nullable Double bestTest,
            @Nullable Double bnReluTest, boolean reaches) {
    }

    StudyTable {
        rows = List.copyOf(rows);
    }

    static StudyTable of(String study, List<Report> reports) {
        return new StudyTable(study, reports.stream().map(StudyTable::row).toList());
    }

    private static Row row(Report report) {
        var best = report.confirmed().isEmpty() ? null : report.confirmed().getFirst();
        var baseline = report.references().stream().filter(one -> one.layer().equals(BASELINE)).findFirst()
                .orElse(null);
        var deviation = pooledDeviation(Stream.of(best, baseline).filter(Objects::nonNull)
                .map(entry -> runs(entry, Report.Images.CONFIRM)).toList());
        var bestMean = mean(best, Report.Images.CONFIRM);
        var baselineMean = mean(baseline, Report.Images.CONFIRM);
        boolean reaches = bestMean != null && baselineMean != null && deviation != null
                && bestMean >= baselineMean - deviation;
        return new Row(report.seed(), report.search(), report.data(), best == null ? null : best.layer(),
                best == null ? null : best.formula(),
                best == null ? 0 : runs(best, Report.Images.CONFIRM).size(), bestMean, baselineMean, deviation,
                mean(best, Report.Images.TEST), mean(baseline, Report.Images.TEST), reaches);
    }

    private static @Nullable Double mean(Report.@Nullable Entry entry, Report.Images images) {
        if (entry == null) {
            return null;
        }
        var runs = runs(entry, images);
        return runs.isEmpty() ? null : runs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The mean over anchors of each run of the last round. */
    private static List<Double> runs(Report.Entry entry, Report.Images images) {
        var counts = entry.counts().stream().filter(one -> one.images() == images).toList();
        int last = counts.stream().mapToInt(Report.Counted::round).max().orElse(0);
        Map<Long, List<Double>> bySeed = new TreeMap<>();
        counts.stream().filter(one -> one.round() == last)
                .forEach(one -> bySeed.computeIfAbsent(one.seed(), _ -> new ArrayList<>())
                        .add((double) one.correct() / one.total()));
        return bySeed.values().stream()
                .map(anchors -> anchors.stream().mapToDouble(Double::doubleValue).average().orElseThrow()).toList();
    }

    static @Nullable Double pooledDeviation(List<List<Double>> layers) {
        double squares = 0;
        int degrees = 0;
        for (var runs : layers) {
            double mean = runs.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            squares += runs.stream().mapToDouble(run -> (run - mean) * (run - mean)).sum();
            degrees += Math.max(0, runs.size() - 1);
        }
        return degrees == 0 ? null : Math.sqrt(squares / degrees);
    }

    long reached() {
        return rows.stream().filter(Row::reaches).count();
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("study %s: accuracy, mean over anchors and fresh seeds".formatted(study));
        lines.add("  %-6s%-11s%-12s%5s%9s%9s%9s%11s%11s  %s".formatted("seed", "data", "best layer", "runs", "confirm",
                "bn-relu", "sd", "test", "bn-relu", "reaches bn-relu - sd"));
        for (var row : rows) {
            lines.add("  %-6d%-11s%-12s%5d%9s%9s%9s%11s%11s  %s".formatted(row.seed(), row.data(),
                    Objects.requireNonNullElse(row.layer(), "none"), row.runs(), decimals(row.best()),
                    decimals(row.bnRelu()), decimals(row.deviation()), decimals(row.bestTest()),
                    decimals(row.bnReluTest()), row.reaches() ? "yes" : "no"));
            lines.add("        " + Objects.requireNonNullElse(row.formula(), "-"));
        }
        lines.add(
                "in %d of %d searches the best confirmed layer's mean is at least BN-ReLU's minus one pooled standard deviation of a run, on %s"
                        .formatted(reached(), rows.size(), String.join(" and ",
                                rows.stream().map(row -> FinalText.data(row.data())).distinct().toList())));
        return lines;
    }

    private static String decimals(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
