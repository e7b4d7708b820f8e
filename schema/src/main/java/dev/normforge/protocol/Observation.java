package dev.normforge.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at besides the score.
 *
 * @param readings further counts of the trained network; they do not change it
 * @param evaluations how often held-out images are counted while it is trained, at equal distances, the last time at the end;
 *        0 for never
 */
public record Observation(List<Reading> readings, int evaluations) {

    private static final int MOST_READINGS = 200;

    /**
     * One more count of a trained network.
     *
     * @param name how the result calls it
     * @param images which images
     * @param statistics what stands for batch statistics; null for what the score uses. One that changes the training is
     *        refused: it would be another training.
     * @param corruption what is done to the images, null for nothing
     * @param adapted whether population statistics are measured on the images that are counted instead of training images
     *        (AdaBN); for {@link BatchStatistics.Precise} alone
     */
    public record Reading(String name, Source images, @Nullable BatchStatistics statistics,
            @Nullable Corruption corruption, boolean adapted) {

        /** Where images come from. */
        public enum Source {
            /** As many training images as are scored, from the first, neither cropped nor mirrored. */
            TRAIN,
            /** Those that the request scores. */
            SCORED
        }

        public Reading {
            Require.that(statistics == null || !statistics.changesTraining(), "reading.statistics",
                    statistics == null ? null : statistics.label(), "test-batch, moving or precise");
            Require.that(!adapted || statistics instanceof BatchStatistics.Precise, "reading.adapted", true,
                    "false, unless the statistics are precise");
        }
    }

    public Observation {
        readings = List.copyOf(readings);
        Require.within("observation.readings", readings.size(), 0, MOST_READINGS);
        var names = readings.stream().map(Reading::name).toList();
        Require.that(names.stream().distinct().count() == names.size(), "observation.readings", names,
                "distinct names");
        Require.within("observation.evaluations", evaluations, 0, 1000);
    }
}
