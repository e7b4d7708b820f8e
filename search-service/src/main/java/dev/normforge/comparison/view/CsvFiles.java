package dev.normforge.comparison.view;

import dev.normforge.comparison.CellResult;
import dev.normforge.comparison.ComparedGraph;
import dev.normforge.comparison.ComparisonResult;
import dev.normforge.comparison.Run;
import dev.normforge.comparison.score.Scoring;
import dev.normforge.comparison.score.Sheet;
import dev.normforge.csv.Csv;
import java.util.HashSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A comparison for other programs: one row for each cell and seed, and one for each point of a curve. */
public final class CsvFiles {

    private CsvFiles() {
    }

    /**
     * Every cell with every seed. {@code state} is {@code done}, {@code diverged} (fewer steps than planned) or
     * {@code missing}; {@code score} is an accuracy from 0 to 1, or decibel where images are restored.
     */
    public static String cells(ComparisonResult result) {
        var csv = new Csv().row("comparison", "layer", "anchor", "batch", "normalization_batch",
                "weight_standardization", "statistics", "order", "corruption", "adapted", "training", "seed", "state",
                "correct", "total", "score", "psnr", "training_images_batch_statistics", "held_out_batch_statistics",
                "held_out_population_statistics", "parameters", "flops", "layer_parameters", "layer_flops", "steps",
                "step_ms", "failure");
        var sheet = new Sheet(result);
        var spec = result.spec();
        for (var cell : result.cells()) {
            LongStream.range(spec.firstSeed(), spec.firstSeed() + spec.seeds()).forEach(seed -> {
                var run = cell.runs().stream().filter(one -> one.seed() == seed).findFirst().orElse(null);
                row(csv, sheet, cell, seed, run);
            });
        }
        return csv.toString();
    }

    private static void row(Csv csv, Sheet sheet, CellResult result, long seed, @Nullable Run run) {
        var cell = result.cell();
        var curves = run == null ? null : run.threeCurves();
        var size = run == null ? null : run.size();
        var state = run == null ? "missing" : sheet.diverged(cell, run) ? "diverged" : "done";
        csv.row(sheet.result().name(), cell.layer(), cell.anchor(), cell.batch(), cell.normalizationBatch(),
                cell.weightStandardization(), cell.statistics(), cell.order().name(), cell.corruption(),
                cell.adapted(), result.training(), seed, state, run == null ? null : run.correct(),
                run == null ? null : run.total(),
                run == null ? null : Scoring.of(run, Scoring.unit(sheet.result(), cell.anchor())),
                run == null ? null : run.psnr(), curves == null ? null : curves.trainingImagesBatchStatistics(),
                curves == null ? null : curves.heldOutBatchStatistics(),
                curves == null ? null : curves.heldOutPopulationStatistics(),
                size == null ? null : size.parameters(), size == null ? null : size.flops(),
                size == null ? null : size.layerParameters(), size == null ? null : size.layerFlops(),
                run == null ? null : run.steps(), run == null ? null : run.stepMillis(),
                run == null ? failure(result, seed) : null);
    }

    private static @Nullable String failure(CellResult result, long seed) {
        return result.failures().stream().filter(failed -> failed.seed() == seed).map(CellResult.Failed::why)
                .findFirst()
                .orElse(null);
    }

    /** Every graph with its formula, random ones included; layers that are written by hand are no graphs. */
    public static String layers(ComparisonResult result) {
        var csv = new Csv().row("comparison", "layer", "formula");
        ComparedGraph.of(result.spec()).forEach(graph -> csv.row(result.name(), graph.label(), graph.formula()));
        return csv.toString();
    }

    /**
     * Every point of every run's curves, once for a training that several cells share: {@code training-loss}, or
     * {@code evaluation} with its counts. The conditions are those of the first of these cells.
     */
    public static String curves(ComparisonResult result) {
        record Curve(int training, String layer, String anchor) {
        }
        var csv = new Csv().row("comparison", "layer", "anchor", "batch", "normalization_batch",
                "weight_standardization", "statistics", "order", "training", "seed", "curve", "step", "loss", "correct",
                "total", "accuracy", "psnr");
        var seen = new HashSet<Curve>();
        for (var cell : result.cells()) {
            if (!cell.runs().isEmpty()
                    && seen.add(new Curve(cell.training(), cell.cell().layer(), cell.cell().anchor()))) {
                cell.runs().forEach(run -> points(csv, result.name(), cell, run));
            }
        }
        return csv.toString();
    }

    private static void points(Csv csv, String name, CellResult result, Run run) {
        var cell = result.cell();
        run.losses().forEach(point -> csv.row(name, cell.layer(), cell.anchor(), cell.batch(),
                cell.normalizationBatch(), cell.weightStandardization(), cell.statistics(), cell.order().name(),
                result.training(), run.seed(), "training-loss", point.step(), point.loss(), null, null, null, null));
        run.evaluations().forEach(point -> csv.row(name, cell.layer(), cell.anchor(), cell.batch(),
                cell.normalizationBatch(), cell.weightStandardization(), cell.statistics(), cell.order().name(),
                result.training(), run.seed(), "evaluation", point.step(), null, point.correct(), point.total(),
                point.accuracy(), point.psnr()));
    }
}
