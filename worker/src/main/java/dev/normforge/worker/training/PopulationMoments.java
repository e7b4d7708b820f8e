package dev.normforge.worker.training;

import dev.normforge.graph.Moment;
import dev.normforge.worker.layer.BatchMoments;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Given statistics of one slot, as evaluation uses them.
 *
 * @param values by term: mean, mean of squares, or variance
 * @param otherwise what an aggregation uses that nothing is known of
 */
record PopulationMoments(Map<Integer, double[]> values, BiFunction<Moment, Integer, double[]> otherwise)
        implements
            BatchMoments {

    @Override
    public double[] kept(int term, Moment moment, int length) {
        var value = values.get(term);
        return value == null ? otherwise.apply(moment, length) : value;
    }

    @Override
    public boolean watching() {
        return false;
    }

    @Override
    public double @Nullable [] observe(int term, Moment moment, double[] mean, double[] variance, int images,
            int pixels) {
        throw new IllegalStateException("term %d was measured although its statistics are given".formatted(term));
    }
}
