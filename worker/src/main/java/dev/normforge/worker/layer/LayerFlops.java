package dev.normforge.worker.layer;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Extent;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;

/** Operations of a phenotype, counted as {@link Slot#flops} says, every term in the extent over which it varies. */
final class LayerFlops {

    /** A product and a sum. */
    static final int AFFINE = 2;

    private LayerFlops() {
    }

    /** On one image of {@code channels} maps, the trailing affine included. */
    static long inEvaluation(Phenotype phenotype, Numerics numerics, int channels, int height, int width) {
        var size = new Size(channels, numerics.groupsFor(channels), (long) height * width);
        var terms = phenotype.terms();
        boolean[] computed = new boolean[terms.size()];
        computed[terms.size() - 1] = true;
        long flops = AFFINE * size.numbers(phenotype.output().extent().join(Extent.PER_CHANNEL));
        for (int i = terms.size() - 1; i >= 0; i--) {
            if (computed[i] && terms.get(i) instanceof Term.Apply apply && !Phenotype.isBatchAggregation(apply)) {
                apply.inputs().forEach(input -> computed[input] = true);
                flops += of(apply, phenotype, size);
            }
        }
        return flops;
    }

    private static long of(Term.Apply apply, Phenotype phenotype, Size size) {
        long results = size.numbers(apply.extent());
        return switch (apply.op()) {
            case Elementwise _ -> results;
            case Aggregation(var moment, var _) -> {
                var input = phenotype.terms().get(apply.inputs().getFirst());
                yield perNumber(moment) * size.numbers(input.extent()) + roots(moment) * results;
            }
        };
    }

    /** Operations for each number that a moment is taken of: the sum; its square; its distance from the mean. */
    static int perNumber(Moment moment) {
        return switch (moment) {
            case MEAN -> 1;
            case ROOT_MEAN_SQUARE -> 2;
            case DEVIATION -> 3;
        };
    }

    /** Operations for each result of a moment. */
    static int roots(Moment moment) {
        return moment == Moment.MEAN ? 0 : 1;
    }

    /** Of one image. */
    private record Size(int channels, int groups, long pixels) {

        long numbers(Extent extent) {
            long across = switch (extent.channel()) {
                case NONE -> 1;
                case GROUP -> groups;
                case FULL -> channels;
            };
            return extent.space() ? across * pixels : across;
        }
    }
}
