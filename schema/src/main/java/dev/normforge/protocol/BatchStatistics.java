package dev.normforge.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What stands for a statistic over the batch ({@code bwh}) when the network is evaluated. Training uses the batch's own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = BatchStatistics.OfTheTestBatch.class, name = "test-batch"),
        @JsonSubTypes.Type(value = BatchStatistics.Moving.class, name = "moving"),
        @JsonSubTypes.Type(value = BatchStatistics.Precise.class, name = "precise")})
public sealed interface BatchStatistics {

    /** The evaluated batch's own statistics. */
    record OfTheTestBatch() implements BatchStatistics {
    }

    /**
     * Exponential average during training: kept ← decay·kept + (1−decay)·batch.
     *
     * @param decay 0.9 in the authors' code
     */
    record Moving(double decay) implements BatchStatistics {
        public Moving {
            Require.within("proxy.statistics.decay", decay, 0, 0.999999);
        }
    }

    /**
     * Recomputed after training with frozen weights (PreciseBN, Wu and Johnson, population form).
     *
     * @param images how many training images are used
     */
    record Precise(int images) implements BatchStatistics {
        public Precise {
            Require.within("proxy.statistics.images", images, 1, DataSpec.AVAILABLE);
        }
    }
}
