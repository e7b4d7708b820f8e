package dev.normforge.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Observation} brought.
 *
 * @param size of the network with its layers
 * @param psnr mean over the scored images in decibel; null for a classifier
 * @param readings in the order in which they were asked for
 * @param evaluations counts during training, in order
 */
public record Measured(NetworkSize size, @Nullable Double psnr, List<ReadingScore> readings,
        List<EvaluationPoint> evaluations) {

    /**
     * Exact counts, for one image of the size that is trained on.
     *
     * @param parameters numbers that are trained
     * @param flops of one forward pass in evaluation; a multiplication and an addition are two
     * @param layerParameters of these, those of the layers in the slots, their affine included
     * @param layerFlops likewise
     */
    public record NetworkSize(long parameters, long flops, long layerParameters, long layerFlops) {
    }

    /**
     * The count of a reading.
     *
     * @param correct images classified rightly or, where images are restored, nearer to the original than they came in
     * @param psnr mean in decibel; null for a classifier
     */
    public record ReadingScore(String name, int correct, int total, @Nullable Double psnr) {
        public double accuracy() {
            return (double) correct / total;
        }
    }

    /** Images counted after some steps, as {@link ReadingScore} counts them. */
    public record EvaluationPoint(int step, int correct, int total, @Nullable Double psnr) {
        public double accuracy() {
            return (double) correct / total;
        }
    }

    public Measured {
        readings = List.copyOf(readings);
        evaluations = List.copyOf(evaluations);
    }
}
