package dev.normforge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.normforge.search.SimulatedSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The front and its hypervolume over REST, against all scored candidates compared with each other. */
class FrontIsNotTheBestTest extends ServiceUnderTest {

    private static final int MOMENTS = 50;

    @Autowired
    private ApplicationContext service;

    private record Scored(int ordinal, int birth, long phenotype, double[] scores) {
    }

    /** Replicated layers stand with their pooled counts, under the birth that was trained last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void atFiftyArrivalsNobodyIsMissingAndNobodyTooMany(int replicates) {
        var name = "front-" + UUID.randomUUID();
        long id = SimulatedSearch.finished(service, name, 180, replicates).value();
        var scored = scored(id);
        var points = read("/api/v1/searches/" + name + "/hypervolume?size=1000").get("points");
        int arrivals = jdbc.sql("select arrivals from search where id = :id").param("id", id).query(Integer.class)
                .single();
        var moments = new Random(3).ints(MOMENTS, 1, arrivals + 1).toArray();
        var sizes = new HashSet<Integer>();
        for (int moment : moments) {
            var best = undominated(then(scored, moment));
            var front = read("/api/v1/searches/" + name + "/front?at=" + moment);
            assertThat(front.get("members").valueStream().map(one -> one.get("birth").intValue()))
                    .as("front after arrival %d", moment)
                    .containsExactlyInAnyOrderElementsOf(best.stream().map(Scored::birth).toList());
            double volume = volume(best.stream().map(Scored::scores).toList());
            assertThat(front.get("hypervolume").doubleValue()).isCloseTo(volume, within(1e-12));
            double stored = StreamSupport.stream(points.spliterator(), false)
                    .filter(point -> point.get("ordinal").intValue() <= moment)
                    .reduce((_, later) -> later).map(point -> point.get("hypervolume").doubleValue()).orElse(0.0);
            assertThat(stored).as("stored after arrival %d", moment).isCloseTo(volume, within(1e-12));
            sizes.add(best.size());
        }
        assertThat(sizes).as("fronts of several sizes").hasSizeGreaterThan(2);
        assertThat(Arrays.stream(moments).filter(moment -> ties(undominated(then(scored, moment)))).count())
                .as("fronts with equal layers").isGreaterThan(10);
    }

    private List<Scored> scored(long id) {
        return jdbc.sql("""
                select a.ordinal, a.birth, c.phenotype_id, a.correct, a.total
                  from arrival a join candidate c on c.search_id = a.search_id and c.birth = a.birth
                 where a.search_id = :id and a.correct is not null and c.fate = 'EVALUATED' order by a.ordinal""")
                .param("id", id).query((row, _) -> {
                    var correct = (Integer[]) row.getArray(4).getArray();
                    var total = (Integer[]) row.getArray(5).getArray();
                    var scores = new double[correct.length];
                    Arrays.setAll(scores, i -> (double) correct[i] / total[i]);
                    return new Scored(row.getInt(1), row.getInt(2), row.getLong(3), scores);
                }).list();
    }

    private static List<Scored> then(List<Scored> scored, int moment) {
        Map<Long, Scored> latest = new HashMap<>();
        scored.stream().filter(one -> one.ordinal() <= moment).forEach(one -> latest.put(one.phenotype(), one));
        return new ArrayList<>(latest.values());
    }

    private static List<Scored> undominated(List<Scored> all) {
        return all.stream().filter(one -> all.stream().noneMatch(other -> better(other.scores(), one.scores())))
                .toList();
    }

    private static boolean better(double[] one, double[] other) {
        boolean strictly = false;
        for (int i = 0; i < one.length; i++) {
            if (one[i] < other[i]) {
                return false;
            }
            strictly |= one[i] > other[i];
        }
        return strictly;
    }

    private static boolean ties(List<Scored> front) {
        return front.stream().map(one -> Arrays.toString(one.scores())).distinct().count() < front.size();
    }

    /** Every cell between neighbouring coordinates lies below some member or below none. */
    private static double volume(List<double[]> front) {
        return volume(front, new double[3], 0, 1);
    }

    private static double volume(List<double[]> front, double[] corner, int axis, double size) {
        if (axis == corner.length) {
            return front.stream().anyMatch(one -> covers(one, corner)) ? size : 0;
        }
        var cuts = front.stream().mapToDouble(one -> one[axis]).sorted().distinct().toArray();
        double sum = 0;
        double low = 0;
        for (double cut : cuts) {
            corner[axis] = cut;
            sum += volume(front, corner, axis + 1, size * (cut - low));
            low = cut;
        }
        return sum;
    }

    private static boolean covers(double[] one, double[] corner) {
        for (int i = 0; i < one.length; i++) {
            if (one[i] < corner[i]) {
                return false;
            }
        }
        return true;
    }
}
