package dev.normforge.export;

import dev.normforge.graph.Aggregation;
import dev.normforge.graph.Moment;
import dev.normforge.graph.Phenotype;
import dev.normforge.graph.Term;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The running statistics of a layer, one for each aggregation over the batch, as the training of a search keeps them: the mean
 * of a mean, the mean of squares of a root mean square, the biased variance of a deviation.
 *
 * @param buffers by position of the aggregation among the phenotype's terms, in their order
 */
record RunningStatistics(Map<Integer, Buffer> buffers) {

    /** @param name {@code running_mean}, {@code running_var} or {@code running_ms}, with a number from the second of a kind on */
    record Buffer(String name, Moment moment) {

        /** Before any training. */
        int initial() {
            return moment == Moment.MEAN ? 0 : 1;
        }
    }

    static RunningStatistics of(Phenotype phenotype) {
        var buffers = new LinkedHashMap<Integer, Buffer>();
        var counts = new HashMap<Moment, Integer>();
        for (int t = 0; t < phenotype.terms().size(); t++) {
            var term = phenotype.terms().get(t);
            if (Phenotype.isBatchAggregation(term)
                    && term instanceof Term.Apply(Aggregation(var moment, var _), var _, var _)) {
                int number = counts.merge(moment, 1, Integer::sum);
                buffers.put(t, new Buffer(name(moment) + (number == 1 ? "" : "_" + number), moment));
            }
        }
        return new RunningStatistics(buffers);
    }

    private static String name(Moment moment) {
        return switch (moment) {
            case MEAN -> "running_mean";
            case ROOT_MEAN_SQUARE -> "running_ms";
            case DEVIATION -> "running_var";
        };
    }

    Buffer at(int term) {
        var buffer = buffers.get(term);
        if (buffer == null) {
            throw new IllegalArgumentException("term " + term + " is no aggregation over the batch");
        }
        return buffer;
    }

    List<Buffer> all() {
        return List.copyOf(buffers.values());
    }
}
