package dev.normforge.comparison;

import dev.normforge.protocol.AnchorScore.CurvePoint;
import dev.normforge.protocol.Measured.EvaluationPoint;
import dev.normforge.protocol.Measured.NetworkSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one seed brought a cell.
 *
 * @param seed the same number is the same seed for all layers
 * @param correct of {@code total} images
 * @param psnr in decibel where images are restored, else null
 * @param threeCurves where they were asked for
 * @param steps of the training; fewer than planned where it diverged
 */
public record Run(long seed, int correct, int total, @Nullable Double psnr, @Nullable ThreeCurves threeCurves,
        List<CurvePoint> losses, List<EvaluationPoint> evaluations, NetworkSize size, int steps, double stepMillis) {

    /** Accuracies of the three curves of "Rethinking Batch". */
    public record ThreeCurves(double trainingImagesBatchStatistics, double heldOutBatchStatistics,
            double heldOutPopulationStatistics) {
    }

    public Run {
        losses = List.copyOf(losses);
        evaluations = List.copyOf(evaluations);
    }

    /** What tables show: accuracy from 0 to 1, or decibel. */
    public double score() {
        return psnr == null ? (double) correct / total : psnr;
    }
}
