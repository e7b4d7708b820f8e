package dev.normforge.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How searches got on: the best mean accuracy so far, or the front's hypervolume. Read from what changed the front, so that
 * it costs in proportion to that, not to the arrivals: whoever is better than all before stands on the front, since nobody
 * dominates him.
 */
@Repository
public class SearchCurves {

    /** What a curve is drawn against, and the column of {@code arrival} that counts it. */
    public enum Against {
        ARRIVALS("ordinal"), TRAINED("trained"), STEPS("steps");

        private final String column;

        Against(String column) {
            this.column = column;
        }
    }

    /** What a curve shows. */
    public enum Measure {
        ACCURACY("""
                select search_id, x, value from (
                  select s.search_id, a.ordinal, a.%s as x, mean_accuracy(a.correct, a.total) as value,
                         max(mean_accuracy(a.correct, a.total)) over (partition by s.search_id order by a.ordinal
                           rows between unbounded preceding and 1 preceding) as best
                    from front_stay s
                    join arrival a on a.search_id = s.search_id and a.birth = s.birth and a.ordinal = s.entered
                   where s.search_id in (:searches)) entered
                 where best is null or value > best order by search_id, ordinal
                """), HYPERVOLUME("""
                select h.search_id, a.%s as x, h.hypervolume as value
                  from front_size h join arrival a on a.search_id = h.search_id and a.ordinal = h.ordinal
                 where h.search_id in (:searches) order by h.search_id, h.ordinal
                """);

        private final String sql;

        Measure(String sql) {
            this.sql = sql;
        }
    }

    private static final String ENDS = """
            select s.id, coalesce(a.%s, 0) from search s
              left join arrival a on a.search_id = s.id and a.ordinal = s.arrivals
             where s.id in (:searches)
            """;

    private final JdbcClient jdbc;

    SearchCurves(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return one for each of the searches that there are, with all its points */
    public Map<Long, Curve> read(Collection<Long> searches, Against against, Measure measure) {
        var points = new HashMap<Long, List<Curve.Point>>();
        if (searches.isEmpty()) {
            return Map.of();
        }
        jdbc.sql(measure.sql.formatted(against.column)).param("searches", searches).query(row -> {
            add(points.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>()),
                    new Curve.Point(row.getLong(2), row.getDouble(3)));
        });
        var curves = new HashMap<Long, Curve>();
        jdbc.sql(ENDS.formatted(against.column)).param("searches", searches).query(row -> {
            long search = row.getLong(1);
            curves.put(search, new Curve(points.getOrDefault(search, List.of()), row.getLong(2)));
        });
        return curves;
    }

    /** Of several changes at one x the last counts. */
    private static void add(List<Curve.Point> points, Curve.Point point) {
        if (!points.isEmpty() && points.getLast().x() == point.x()) {
            points.removeLast();
        }
        points.add(point);
    }
}
