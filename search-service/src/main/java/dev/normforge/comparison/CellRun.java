package dev.normforge.comparison;

import dev.normforge.comparison.ComparisonPlan.Curves;
import dev.normforge.comparison.ComparisonPlan.PlannedCell;
import dev.normforge.comparison.ComparisonPlan.PlannedTraining;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.Measured;
import dev.normforge.protocol.Measured.ReadingScore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one training with one seed says of a cell. A run that diverged is a run: nothing right, and 0 dB. */
final class CellRun {

    private CellRun() {
    }

    /** @param score with what was measured besides */
    static Run of(PlannedCell cell, PlannedTraining training, long seed, AnchorScore score) {
        var measured = measured(score);
        boolean restores = training.proxy().anchors().getFirst().family().restores();
        var counted = counted(cell.reading(), score, measured);
        Double psnr = restores ? (Double) decibel(counted.psnr()) : null;
        var curves = cell.curves() == null ? null : curves(cell.curves(), counted, score, measured);
        // Images counted during training were counted as the score is: with another reading's statistics they are unknown.
        var evaluations = cell.reading() == null ? measured.evaluations() : List.<Measured.EvaluationPoint>of();
        return new Run(seed, counted.correct(), counted.total(), psnr, curves, score.curve(), evaluations,
                measured.size(), score.steps(), score.stepMillis());
    }

    private static Measured measured(AnchorScore score) {
        var measured = score.measured();
        if (measured == null) {
            throw new IllegalArgumentException("score.measured is null, expected what was asked for");
        }
        return measured;
    }

    private static double decibel(@Nullable Double psnr) {
        return psnr == null ? 0 : psnr;
    }

    private static ReadingScore counted(@Nullable String reading, AnchorScore score, Measured measured) {
        if (reading == null) {
            return new ReadingScore("score", score.correct(), score.total(), measured.psnr());
        }
        return measured.readings().stream().filter(one -> one.name().equals(reading)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "readings are %s, expected %s among them".formatted(
                                measured.readings().stream().map(ReadingScore::name).toList(), reading)));
    }

    private static Run.ThreeCurves curves(Curves curves, ReadingScore own, AnchorScore score, Measured measured) {
        return new Run.ThreeCurves(counted(curves.training(), score, measured).accuracy(),
                counted(curves.heldOut(), score, measured).accuracy(), own.accuracy());
    }
}
