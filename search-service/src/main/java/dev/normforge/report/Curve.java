package dev.normforge.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a search had reached when: a value that holds from one point to the next.
 *
 * @param points by ascending x, each x once; empty before anything was reached
 * @param end the x that the search has come to, at least that of the last point
 */
public record Curve(List<Point> points, long end) {

    /**
     * @param x arrivals, trained candidates or training steps
     * @param value from there on
     */
    public record Point(long x, double value) {
    }

    public Curve {
        points = List.copyOf(points);
    }

    /** The value at x; empty before the first point and beyond the end. */
    public OptionalDouble at(long x) {
        if (x > end || points.isEmpty() || x < points.getFirst().x()) {
            return OptionalDouble.empty();
        }
        int low = 0;
        int high = points.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (points.get(middle).x() <= x) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return OptionalDouble.of(points.get(low).value());
    }

    /**
     * The same with fewer points: the first and the last, and between them of each of equally wide stretches the last.
     *
     * @param most points, at least 2
     */
    public Curve thinned(int most) {
        if (points.size() <= most) {
            return this;
        }
        long first = points.getFirst().x();
        double width = (points.getLast().x() - first) / (most - 2.0);
        var kept = new ArrayList<>(List.of(points.getFirst()));
        for (int i = 1; i < points.size(); i++) {
            boolean last = i == points.size() - 1
                    || stretch(points.get(i + 1).x() - first, width) > stretch(points.get(i).x() - first, width);
            if (last) {
                kept.add(points.get(i));
            }
        }
        return new Curve(kept, end);
    }

    /** Ends are inside: the last point begins no stretch of its own. */
    private static long stretch(long distance, double width) {
        return (long) Math.ceil(distance / width);
    }
}
