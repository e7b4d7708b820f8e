package dev.normforge.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Exact volume that points dominate above the origin, by exclusive volumes (the WFG algorithm: While, Bradstreet and
 * Barone, IEEE TEVC 2012). Exponential in the worst case, instant for the fronts of a search: tens of points in three
 * dimensions.
 */
final class Hypervolume {

    private Hypervolume() {
    }

    /** @param points coordinates at least 0, all of one length */
    static double of(List<double[]> points) {
        return volume(undominated(points));
    }

    private static double volume(List<double[]> points) {
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            sum += exclusive(points.get(i), points.subList(i + 1, points.size()));
        }
        return sum;
    }

    /** The part of a point's box that no later box covers. */
    private static double exclusive(double[] point, List<double[]> later) {
        double own = Arrays.stream(point).reduce(1, (a, b) -> a * b);
        if (later.isEmpty()) {
            return own;
        }
        var shared = later.stream().map(other -> minimum(point, other)).toList();
        return own - volume(undominated(shared));
    }

    private static double[] minimum(double[] one, double[] two) {
        var least = new double[one.length];
        Arrays.setAll(least, i -> Math.min(one[i], two[i]));
        return least;
    }

    /** Each distinct point that no other covers, best first coordinate first: what keeps the recursion small. */
    private static List<double[]> undominated(List<double[]> points) {
        var kept = new ArrayList<double[]>();
        for (var point : points.stream().sorted(Comparator.comparingDouble((double[] p) -> -p[0])).toList()) {
            if (kept.stream().noneMatch(other -> covers(other, point))) {
                kept.removeIf(other -> covers(point, other));
                kept.add(point);
            }
        }
        return kept;
    }

    private static boolean covers(double[] one, double[] two) {
        for (int i = 0; i < one.length; i++) {
            if (one[i] < two[i]) {
                return false;
            }
        }
        return true;
    }
}
