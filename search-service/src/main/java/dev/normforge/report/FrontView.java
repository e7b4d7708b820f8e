package dev.normforge.report;

import dev.normforge.protocol.AnchorScore.Count;
import java.util.List;

/**
 * The front after an arrival.
 *
 * @param ordinal of the arrival
 * @param anchors names, in the proxy's order
 * @param hypervolume share of the unit cube of accuracies that it dominates
 * @param members best mean first
 */
public record FrontView(int ordinal, List<String> anchors, double hypervolume, List<Standing> members) {

    public FrontView {
        anchors = List.copyOf(anchors);
        members = List.copyOf(members);
    }

    /**
     * @param entered arrival ordinal at which it entered
     * @param counts search counts per anchor
     * @param intervals accuracy per anchor
     * @param accuracy mean over anchors
     * @param probability that it is on the front when seeds and images are resampled
     * @param solid whether that is above 0.9
     */
    public record Standing(int birth, String formula, int entered, List<Count> counts, List<Interval> intervals,
            Interval accuracy, double probability, boolean solid) {
        public Standing {
            counts = List.copyOf(counts);
            intervals = List.copyOf(intervals);
        }
    }
}
