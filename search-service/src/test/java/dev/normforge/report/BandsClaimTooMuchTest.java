package dev.normforge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.report.GroupCurve.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BandsClaimTooMuchTest {

    /** Two-sided 95 % of Student's t with 2 and 4 degrees of freedom, from a printed table. */
    private static final double T2 = 4.303;
    private static final double T4 = 2.776;

    private static Curve curve(long end, double... points) {
        var list = new ArrayList<Curve.Point>();
        for (int i = 0; i < points.length; i += 2) {
            list.add(new Curve.Point((long) points[i], points[i + 1]));
        }
        return new Curve(list, end);
    }

    @Test
    void aCurveHoldsFromPointToPointAndEndsWhereItsSearchIs() {
        var curve = curve(40, 5, 0.2, 10, 0.3, 30, 0.5);
        assertThat(curve.at(4)).isEmpty();
        assertThat(curve.at(5)).hasValue(0.2);
        assertThat(curve.at(9)).hasValue(0.2);
        assertThat(curve.at(10)).hasValue(0.3);
        assertThat(curve.at(40)).hasValue(0.5);
        assertThat(curve.at(41)).isEmpty();
    }

    /** (0.30, 0.36, 0.42): mean 0.36, deviation 0.06; then one rises to 0.54. */
    @Test
    void theIntervalIsStudents() {
        var group = GroupCurve.of(List.of(curve(20, 2, 0.30), curve(30, 1, 0.36), curve(25, 3, 0.42, 10, 0.54)),
                Spread.INTERVAL, 100);
        assertThat(group.points()).extracting(GroupCurve.Point::x).as("from where all have begun to where one ends")
                .containsExactly(3L, 10L, 20L);
        var first = group.points().getFirst();
        assertThat(first.mean()).isCloseTo(0.36, within(1e-12));
        assertThat(first.high() - first.mean()).isCloseTo(T2 * 0.06 / Math.sqrt(3), within(1e-4));
        assertThat(first.mean() - first.low()).isCloseTo(first.high() - first.mean(), within(1e-12));
        assertThat(group.points().get(1).mean()).isCloseTo(0.40, within(1e-12));
        assertThat(group.points().getLast().mean()).isCloseTo(0.40, within(1e-12));
    }

    @Test
    void theRangeIsFromTheLeastToTheGreatest() {
        var group = GroupCurve.of(List.of(curve(20, 1, 0.30), curve(30, 1, 0.36), curve(25, 1, 0.42, 10, 0.54)),
                Spread.RANGE, 100);
        assertThat(group.points()).extracting(GroupCurve.Point::low).containsOnly(0.30);
        assertThat(group.points()).extracting(GroupCurve.Point::high).containsExactly(0.42, 0.54, 0.54);
    }

    /** Any curves: at every x of the answer, and everywhere between two of them, what the five curves say there. */
    @Test
    void everyPointIsTheStatisticOfItsCurves() {
        var random = new Random(6);
        for (int trial = 0; trial < 50; trial++) {
            var curves = new ArrayList<Curve>();
            for (int i = 0; i < 5; i++) {
                var points = new ArrayList<Curve.Point>();
                long x = 1 + random.nextInt(9);
                double value = random.nextDouble();
                while (x < 200) {
                    points.add(new Curve.Point(x, value));
                    x += 1 + random.nextInt(60);
                    value += random.nextDouble();
                }
                curves.add(new Curve(points, 200 + random.nextInt(50)));
            }
            var group = GroupCurve.of(curves, Spread.INTERVAL, 1000).points();
            for (long x = group.getFirst().x(); x <= group.getLast().x(); x++) {
                long here = x;
                var values = curves.stream().mapToDouble(curve -> curve.at(here).orElseThrow()).toArray();
                var point = group.stream().filter(one -> one.x() <= here).reduce((_, later) -> later).orElseThrow();
                double mean = (values[0] + values[1] + values[2] + values[3] + values[4]) / 5;
                double squares = 0;
                for (double value : values) {
                    squares += (value - mean) * (value - mean);
                }
                double half = T4 * Math.sqrt(squares / 4 / 5);
                assertThat(point.mean()).isCloseTo(mean, within(1e-9));
                assertThat(point.high()).isCloseTo(mean + half, within(1e-3 * half + 1e-9));
                assertThat(point.low()).isCloseTo(mean - half, within(1e-3 * half + 1e-9));
            }
        }
    }

    @Test
    void tooFewSearchesHaveNoBand() {
        assertThatThrownBy(() -> GroupCurve.of(List.of(curve(2, 1, 0.3), curve(2, 1, 0.4)), Spread.RANGE, 10))
                .hasMessageContaining("curves is 2, expected at least 3");
        assertThat(GroupCurve.of(List.of(curve(9, 1, 0.3), curve(9, 1, 0.4), curve(9)), Spread.RANGE, 10).points())
                .as("one has reached nothing").isEmpty();
        assertThat(GroupCurve.of(List.of(curve(9, 1, 0.3), curve(30, 20, 0.4), curve(9, 1, 0.2)), Spread.RANGE, 10)
                .points()).as("one begins where others have ended").isEmpty();
    }

    @Test
    void aThinnedCurveKeepsItsShape() {
        var points = new ArrayList<Curve.Point>();
        for (int i = 1; i <= 5000; i++) {
            points.add(new Curve.Point(3L * i, Math.sqrt(i)));
        }
        var curve = new Curve(points, 16_000);
        var thinned = curve.thinned(100);
        assertThat(thinned.points()).hasSizeBetween(90, 100).startsWith(points.getFirst()).endsWith(points.getLast())
                .isSubsetOf(points);
        for (long x = 3; x <= 16_000; x += 7) {
            assertThat(thinned.at(x).orElseThrow()).isLessThanOrEqualTo(curve.at(x).orElseThrow())
                    .isGreaterThanOrEqualTo(curve.at(Math.max(3, x - 155)).orElseThrow());
        }
        assertThat(curve.thinned(5000)).isSameAs(curve);
        assertThat(GroupCurve.of(List.of(curve, curve, curve), Spread.RANGE, 100).points()).hasSizeBetween(90, 100);
    }
}
