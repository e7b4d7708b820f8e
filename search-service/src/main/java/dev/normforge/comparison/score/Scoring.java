package dev.normforge.comparison.score;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.Run;
import dev.normforge.protocol.AnchorSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** From runs to numbers. */
public final class Scoring {

    private Scoring() {
    }

    /** What an anchor's scores are counted in. */
    public static Unit unit(ComparisonResult result, String anchor) {
        return result.spec().proxy().anchors().stream().filter(spec -> spec.name().equals(anchor))
                .map(AnchorSpec::family).anyMatch(AnchorSpec.Family::restores) ? Unit.DECIBEL : Unit.ACCURACY;
    }

    /** A run's score in this unit; not a number where there is none. */
    public static double of(Run run, Unit unit) {
        return switch (unit) {
            case ACCURACY -> (double) run.correct() / run.total();
            case DECIBEL -> run.psnr() == null ? Double.NaN : run.psnr();
        };
    }

    /** Means over cells of something that a run brought, by seed; only of seeds that it is finite for in every cell. */
    public static SortedMap<Long, Double> means(List<CellResult> cells, ToDoubleFunction<Run> something) {
        var sums = new TreeMap<Long, Double>();
        var counts = new TreeMap<Long, Integer>();
        for (var cell : cells) {
            for (var run : cell.runs()) {
                double value = something.applyAsDouble(run);
                if (Double.isFinite(value)) {
                    sums.merge(run.seed(), value, Double::sum);
                    counts.merge(run.seed(), 1, Integer::sum);
                }
            }
        }
        sums.keySet().removeIf(seed -> counts.getOrDefault(seed, 0) < cells.size());
        sums.replaceAll((_, sum) -> sum / cells.size());
        return sums;
    }
}
