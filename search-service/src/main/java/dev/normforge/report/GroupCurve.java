package dev.normforge.report;

import dev.normforge.statistics.Sample;
import dev.normforge.statistics.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The mean of several searches' curves and how far it may be trusted, from where all have begun to where the shortest ends.
 *
 * @param points by ascending x; mean and band hold until the next one
 */
public record GroupCurve(List<Point> points) {

    /** From so many searches on there is a mean worth drawing. */
    public static final int FEWEST = 3;

    /** What the band is: the mean's 95 % interval by Student's t, or from the least to the greatest of the searches. */
    public enum Spread {
        INTERVAL, RANGE
    }

    public record Point(long x, double mean, double low, double high) {
    }

    public GroupCurve {
        points = List.copyOf(points);
    }

    /**
     * @param curves at least {@value #FEWEST}
     * @param most points; where the curves change more often, they are looked at in equal steps
     */
    public static GroupCurve of(List<Curve> curves, Spread spread, int most) {
        if (curves.size() < FEWEST) {
            throw new IllegalArgumentException("curves is %d, expected at least %d".formatted(curves.size(), FEWEST));
        }
        double t = StudentT.twoSided95(curves.size() - 1);
        return new GroupCurve(places(curves, most).stream().map(x -> {
            var values = curves.stream().map(curve -> curve.at(x).orElseThrow()).toList();
            return point(x, new Sample(values), spread, t);
        }).toList());
    }

    private static Point point(long x, Sample sample, Spread spread, double t) {
        double mean = sample.mean();
        return switch (spread) {
            case INTERVAL -> {
                double half = sample.spreads() ? t * sample.deviation() / Math.sqrt(sample.size()) : 0;
                yield new Point(x, mean, mean - half, mean + half);
            }
            case RANGE -> new Point(x, mean, sample.values().stream().min(Double::compare).orElseThrow(),
                    sample.values().stream().max(Double::compare).orElseThrow());
        };
    }

    /** Wherever one of them changes; the common end too, so that the last value is drawn to it. */
    private static List<Long> places(List<Curve> curves, int most) {
        if (curves.stream().anyMatch(curve -> curve.points().isEmpty())) {
            return List.of();
        }
        long begin = curves.stream().mapToLong(curve -> curve.points().getFirst().x()).max().orElseThrow();
        long end = curves.stream().mapToLong(Curve::end).min().orElseThrow();
        if (begin > end) {
            return List.of();
        }
        var changes = new TreeSet<>(List.of(begin, end));
        curves.forEach(curve -> curve.points().stream().map(Curve.Point::x).filter(x -> x > begin && x < end)
                .forEach(changes::add));
        if (changes.size() <= most) {
            return List.copyOf(changes);
        }
        var steps = new ArrayList<Long>();
        for (int i = 0; i < most; i++) {
            steps.add(begin + Math.round((double) (end - begin) * i / (most - 1)));
        }
        return steps.stream().distinct().toList();
    }
}
