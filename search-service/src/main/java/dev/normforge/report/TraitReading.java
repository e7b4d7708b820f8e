package dev.normforge.report;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Trait;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what survives. Of the large populations it reads counts that the coordinator keeps; of the best and of the front it
 * counts the layers, which are few.
 *
 * <p>The interval of a lift is that of the share among the compared layers: the base, of which they are a part, is counted
 * whole. It takes layers for independent; relatives are not, so it is rather too narrow for a search that a single
 * ancestor owns.
 */
final class TraitReading {

    static final int MOST_BEST = 1000;
    private static final int BEST_ONE_IN = 10;
    private static final String ANY = "any";

    private static final String COUNTED = "select trait, proposed, trained, survived from trait where search_id = :search";

    /** Down the index of the best, one candidate after the other: a join would read every candidate. */
    private static final String BEST = """
            select c.genotype from arrival a
            cross join lateral (select genotype from candidate
                                where search_id = a.search_id and birth = a.birth and fate = 'EVALUATED' offset 0) c
            where a.search_id = :search and a.correct is not null
            order by mean_accuracy(a.correct, a.total) desc, a.birth limit :limit
            """;

    private static final String FRONT = """
            select c.genotype from front_stay f join candidate c on c.search_id = f.search_id and c.birth = f.birth
            where f.search_id = :search and f.left_at is null
            """;

    private final JdbcClient jdbc;

    TraitReading(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Counts(long layers, Map<String, Long> byTrait) {
        long of(Trait trait) {
            return byTrait.getOrDefault(trait.name(), 0L);
        }

        static Counts of(List<LayerGraph> graphs) {
            return new Counts(graphs.size(), graphs.stream().flatMap(graph -> Trait.of(graph).stream())
                    .collect(Collectors.groupingBy(Trait::name, Collectors.counting())));
        }
    }

    TraitsView read(long search, Population among, Population against) {
        var some = counts(search, among);
        var base = counts(search, against);
        var rows = Trait.all().stream().map(trait -> row(trait, some, base))
                .sorted(Comparator.comparingDouble((TraitsView.Row row) -> -lift(row)).thenComparing(row -> row.kind())
                        .thenComparing(TraitsView.Row::name))
                .toList();
        return new TraitsView(among, some.layers(), against, base.layers(), rows);
    }

    private static double lift(TraitsView.Row row) {
        var lift = row.lift();
        return lift == null ? -1 : lift.mean();
    }

    private static TraitsView.Row row(Trait trait, Counts some, Counts base) {
        long count = some.of(trait);
        long baseCount = base.of(trait);
        var share = some.layers() == 0 ? null : Intervals.ofShare(count, some.layers());
        Double baseShare = base.layers() == 0 ? null : Double.valueOf((double) baseCount / base.layers());
        return new TraitsView.Row(trait.kind(), trait.name(), count, share, baseCount, baseShare,
                lift(share, baseShare));
    }

    private static @Nullable Interval lift(@Nullable Interval share, @Nullable Double base) {
        return share == null || base == null || base == 0
                ? null
                : new Interval(share.mean() / base, share.low() / base, share.high() / base);
    }

    private Counts counts(long search, Population population) {
        return switch (population) {
            case PROPOSED -> counted(search, "proposed");
            case TRAINED -> counted(search, "trained");
            case SURVIVED -> counted(search, "survived");
            case BEST -> {
                long tenth = Math.ceilDiv(counted(search, "survived").layers(), BEST_ONE_IN);
                yield Counts.of(graphs(jdbc.sql(BEST).param("search", search).param("limit",
                        Math.min(MOST_BEST, tenth))));
            }
            case FRONT -> Counts.of(graphs(jdbc.sql(FRONT).param("search", search)));
        };
    }

    private Counts counted(long search, String column) {
        var counts = new HashMap<String, Long>();
        jdbc.sql(COUNTED).param("search", search).query(row -> {
            counts.put(row.getString("trait"), row.getLong(column));
        });
        return new Counts(counts.getOrDefault(ANY, 0L), counts);
    }

    private static List<LayerGraph> graphs(JdbcClient.StatementSpec query) {
        return query.query((row, _) -> LayerGraph.unpacked(row.getBytes("genotype"))).list();
    }
}
