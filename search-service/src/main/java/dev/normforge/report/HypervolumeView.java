package dev.normforge.report;

import java.util.List;

/**
 * The front's hypervolume over arrivals, thinned: the last change of each stretch of arrivals.
 *
 * @param anchors names, in the proxy's order
 * @param reference the point above which volume counts, an accuracy per anchor
 * @param arrivals how many there are
 * @param points oldest first; each holds until the next one
 */
public record HypervolumeView(List<String> anchors, List<Double> reference, int arrivals, List<Point> points) {

    public HypervolumeView {
        anchors = List.copyOf(anchors);
        reference = List.copyOf(reference);
        points = List.copyOf(points);
    }

    /**
     * @param ordinal of the arrival that changed the front
     * @param members on it since then
     * @param hypervolume share of the unit cube of accuracies that they dominate
     */
    public record Point(int ordinal, int members, double hypervolume) {
    }
}
