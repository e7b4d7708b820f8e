package dev.normforge.report;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a search's charts are drawn from. Each costs in proportion to what is shown, not to the candidates. */
@Repository
public class ChartSummaries {

    private static final String HEAD = """
            select arrivals, array(select anchor ->> 'name' from jsonb_array_elements(spec -> 'proxy' -> 'anchors')
                                   with ordinality as a (anchor, position) order by position) as anchors
            from search where id = :search
            """;

    /** Changes of the front, of which there are few. */
    private static final String POINTS = """
            select distinct on (stretch) (ordinal - 1) / :width as stretch, ordinal, members, hypervolume
            from front_size where search_id = :search order by stretch, ordinal desc
            """;

    private final JdbcClient jdbc;

    ChartSummaries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Head(int arrivals, List<String> anchors) {
    }

    /** @param most points, at least 1 */
    public Optional<HypervolumeView> hypervolume(long search, int most) {
        return jdbc.sql(HEAD).param("search", search)
                .query((row, _) -> new Head(row.getInt("arrivals"),
                        List.of((String[]) row.getArray("anchors").getArray())))
                .optional().map(head -> {
                    var points = jdbc.sql(POINTS).param("search", search)
                            .param("width", Math.max(1, Math.ceilDiv(head.arrivals(), most)))
                            .query((row, _) -> new HypervolumeView.Point(row.getInt("ordinal"), row.getInt("members"),
                                    row.getDouble("hypervolume")))
                            .list();
                    var origin = Collections.nCopies(head.anchors().size(), 0.0);
                    return new HypervolumeView(head.anchors(), origin, head.arrivals(), points);
                });
    }

    public TraitsView traits(long search, Population among, Population against) {
        return new TraitReading(jdbc).read(search, among, against);
    }
}
