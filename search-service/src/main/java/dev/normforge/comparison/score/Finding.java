package dev.normforge.comparison.score;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.protocol.ComparisonSpec.Expectation;
import dev.normforge.protocol.ComparisonSpec.Expectation.Part;
import dev.normforge.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A published finding beside what was measured: its weighted sum of cells for every seed, then mean and 95 % t-interval over
 * seeds.
 *
 * @param published in words, with the source
 * @param measured the sum, one number a seed; null where no seed has all cells
 * @param ordered how many seeds there should be
 * @param reason why nothing can be said; null where something can
 */
public record Finding(String published, Verdict verdict, Unit unit, @Nullable Sample measured,
        int ordered, @Nullable String reason) {

    public static List<Finding> of(ComparisonResult result) {
        return result.spec().expectations().stream().map(expectation -> of(expectation, result)).toList();
    }

    private static Finding of(Expectation expectation, ComparisonResult result) {
        var sums = new TreeMap<Long, Double>();
        List<Long> common = new ArrayList<>();
        Unit unit = null;
        for (var part : expectation.parts()) {
            var cells = cells(part, result);
            if (cells.isEmpty()) {
                return missing(expectation, result, "no cell of " + part.layer() + " is as it says");
            }
            var itsUnit = Scoring.unit(result, cells.getFirst().cell().anchor());
            if (unit != null && unit != itsUnit) {
                return missing(expectation, result, "it adds accuracy to decibel");
            }
            var means = Scoring.means(cells, run -> Scoring.of(run, itsUnit));
            means.forEach((seed, mean) -> sums.merge(seed, part.weight() * mean, Double::sum));
            common = unit == null ? List.copyOf(means.keySet()) : common.stream().filter(means::containsKey).toList();
            unit = itsUnit;
        }
        if (common.isEmpty()) {
            return missing(expectation, result, "no seed has all of its runs");
        }
        var sample = new Sample(common.stream().map(seed -> Objects.requireNonNull(sums.get(seed))).toList());
        return judged(expectation, Objects.requireNonNull(unit), sample, result.spec().seeds());
    }

    private static Finding missing(Expectation expectation, ComparisonResult result, String reason) {
        return new Finding(expectation.published(), Verdict.NOT_MEASURED, Unit.ACCURACY, null,
                result.spec().seeds(), reason);
    }

    private static Finding judged(Expectation expectation, Unit unit, Sample sample, int ordered) {
        if (sample.size() == 1) {
            return new Finding(expectation.published(), Verdict.NOT_MEASURED, unit, sample, ordered,
                    "one seed does not tell how much another would differ");
        }
        double half = sample.half95();
        var verdict = !sample.spreads() || Math.abs(sample.mean()) <= half
                ? Verdict.WITHIN_NOISE
                : sample.mean() > 0 ? Verdict.AS_PUBLISHED : Verdict.OPPOSITE;
        return new Finding(expectation.published(), verdict, unit, sample, ordered, null);
    }

    /** The cells of a part. An anchor that is left open stands for all that classify, or for all that restore if none does. */
    private static List<CellResult> cells(Part part, ComparisonResult result) {
        var matching = result.cells().stream().filter(cell -> matches(part, cell)).toList();
        var classifying = matching.stream()
                .filter(cell -> Scoring.unit(result, cell.cell().anchor()) == Unit.ACCURACY).toList();
        return classifying.isEmpty() ? matching : classifying;
    }

    private static boolean matches(Part part, CellResult result) {
        var cell = result.cell();
        return part.layer().equals(cell.layer()) && fits(part.anchor(), cell.anchor())
                && fits(part.batch(), cell.batch()) && fits(part.normalizationBatch(), cell.normalizationBatch())
                && fits(part.weightStandardization(), cell.weightStandardization())
                && fits(part.statistics(), cell.statistics()) && fits(part.order(), cell.order())
                && fits(part.corruption(), cell.corruption()) && fits(part.adapted(), cell.adapted());
    }

    private static boolean fits(@Nullable Object wanted, Object value) {
        return wanted == null || wanted.equals(value);
    }

    /** For example {@code +4.3 points (95 % interval +2.1 to +6.5, 3 seeds)}, or why there is nothing to say. */
    public String measuredInWords() {
        if (measured == null) {
            return Objects.requireNonNull(reason);
        }
        var mean = unit.difference(measured.mean());
        if (reason != null) {
            return mean + "; " + reason;
        }
        if (!measured.spreads()) {
            return "%s with each of %s seeds, which leaves no noise to compare with".formatted(mean, seeds(measured));
        }
        return "%s (95 %% interval %s to %s, %s seeds)".formatted(mean,
                unit.signed(measured.mean() - measured.half95()), unit.signed(measured.mean() + measured.half95()),
                seeds(measured));
    }

    private String seeds(Sample sample) {
        return sample.size() < ordered ? sample.size() + " of " + ordered : Integer.toString(sample.size());
    }
}
