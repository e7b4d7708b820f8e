package dev.normforge.report;

import dev.normforge.front.Entrant;
import dev.normforge.front.Membership;
import dev.normforge.front.ParetoFront;
import dev.normforge.front.Scores;
import dev.normforge.report.FrontView.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the front after any arrival, with how sure each of its members is. */
final class FrontReading {

    /**
     * Layers that might stand on the front by luck: of all, the best by mean. A layer below these that belongs on the front
     * is good on one anchor alone, and rare.
     */
    private static final int RIVALS = 64;

    private static final String STANDING = """
            select f.birth, f.entered, coalesce(p.formula, '') as formula, a.correct, a.total
            from front_stay f
            join arrival a on a.search_id = f.search_id and a.birth = f.birth
            join candidate c on c.search_id = f.search_id and c.birth = f.birth
            left join phenotype p on p.id = c.phenotype_id
            where f.search_id = :search and f.entered <= :ordinal and (f.left_at is null or f.left_at > :ordinal)
            """;

    private static final String BEST = """
            select birth, correct, total from arrival
            where search_id = :search and correct is not null and ordinal <= :ordinal
            order by mean_accuracy(correct, total) desc, birth limit :rivals
            """;

    private final JdbcClient jdbc;

    FrontReading(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(int birth, int entered, String formula, Scores scores) {
        Entrant entrant() {
            return new Entrant(birth, scores);
        }
    }

    FrontView read(long search, int ordinal, List<String> anchors, Calibration.Noise noise) {
        var rows = jdbc.sql(STANDING).param("search", search).param("ordinal", ordinal).query(FrontReading::row).list();
        var members = rows.stream().map(Row::entrant).toList();
        var probability = Membership.of(members, rivals(search, ordinal, members), noise.anchors());
        var standings = rows.stream().map(row -> {
            double sure = Objects.requireNonNull(probability.get(row.birth()));
            return new Standing(row.birth(), row.formula(), row.entered(), row.scores().anchors(),
                    anchors(row.scores(), noise),
                    Intervals.ofMean(List.of(row.scores()), noise), sure, sure > Membership.SOLID);
        }).sorted(Comparator.comparingDouble((Standing standing) -> -standing.accuracy().mean())
                .thenComparingInt(Standing::birth)).toList();
        return new FrontView(ordinal, anchors, new ParetoFront(members).hypervolume(), standings);
    }

    private static List<Interval> anchors(Scores scores, Calibration.Noise noise) {
        return IntStream.range(0, scores.anchors().size())
                .mapToObj(anchor -> Intervals.ofAnchor(List.of(scores), anchor, noise)).toList();
    }

    private List<Entrant> rivals(long search, int ordinal, List<Entrant> members) {
        var births = members.stream().map(Entrant::birth).collect(Collectors.toSet());
        return jdbc.sql(BEST).param("search", search).param("ordinal", ordinal).param("rivals", RIVALS)
                .query(FrontReading::entrant).list().stream().filter(rival -> !births.contains(rival.birth())).toList();
    }

    private static Entrant entrant(ResultSet row, int number) throws SQLException {
        return new Entrant(row.getInt("birth"), Objects.requireNonNull(Rows.scores(row)));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(row.getInt("birth"), row.getInt("entered"), row.getString("formula"),
                Objects.requireNonNull(Rows.scores(row)));
    }
}
