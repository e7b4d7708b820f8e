package dev.normforge.worker.anchor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.normforge.protocol.WeightStandardization;
import dev.normforge.worker.engine.Constants;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a convolution, He-normal at the start, as they are or standardized (Weight Standardization, Qiao et al., arXiv
 * 1903.10520): {@code (W − μ) / σ} with μ and σ of each output channel over its inputs and kernel, where σ is
 * {@code √(variance + ε)} or {@code √variance + ε}. The gradient flows through both. In evaluation the quotient is a constant.
 */
final class Filters {

    /** He et al.: half of what a rectifier sees is lost. */
    static final double HE = 2;

    private final int number;
    private final @Nullable Standardizing standardizing;

    /**
     * @param axes all but the output channel's
     * @param share 1 / n for a filter of n weights
     * @param varianceShare the same, or 1 / (n − 1)
     */
    private record Standardizing(int[] axes, NDArray share, NDArray varianceShare, NDArray epsilon,
            boolean insideRoot) {

        NDArray apply(NDArray weight) {
            var centred = weight.sub(weight.sum(axes, true).mul(share));
            var variance = centred.square().sum(axes, true).mul(varianceShare);
            return centred.div(insideRoot ? variance.add(epsilon).sqrt() : variance.sqrt().add(epsilon));
        }
    }

    /**
     * @param shape (O, …): what follows the first axis belongs to one output channel
     * @param gain the start's variance times the weights of a filter
     * @param standardization null for weights that are used as they are
     */
    Filters(ParameterTable table, Shape shape, double gain, @Nullable WeightStandardization standardization,
            Constants constants) {
        long weights = shape.size() / shape.get(0);
        this.number = table.weight(shape, gain, weights);
        if (standardization == null) {
            this.standardizing = null;
            return;
        }
        if (weights < 2) {
            throw new IllegalArgumentException(
                    "weightStandardization is set, expected none for filters of one weight, which have no deviation");
        }
        this.standardizing = new Standardizing(IntStream.range(1, shape.dimension()).toArray(),
                constants.of(1.0 / weights), constants.of(1.0 / (standardization.unbiased() ? weights - 1 : weights)),
                constants.of(standardization.epsilon()), standardization.insideRoot());
    }

    /** As the convolution uses them. */
    NDArray in(Pass pass) {
        var weight = pass.parameter(number);
        return standardizing == null ? weight : standardizing.apply(weight);
    }
}
