package dev.normforge.report;

import dev.normforge.export.Found;
import dev.normforge.graph.Formula;
import dev.normforge.graph.GraphDifference;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.graph.Simplifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Gathers what a search knows about a layer that it has proposed, for whoever takes that home. */
@Repository
public class Provenances {

    private static final String UNPACKAGED = "(not packaged)";

    private static final String BIRTH = """
            select s.name, s.seed, s.preset, s.data, s.phase, s.evolution, s.simplifier, s.calibration::text, c.genotype,
                   a.ordinal, c.fate, c.screen_rule, o.kind, o.stage, o.reason,
                   (s.spec #>> '{proxy,numerics,groups}')::integer as groups,
                   (s.spec #>> '{proxy,numerics,epsilon}')::double precision as epsilon
            from search s
            join candidate c on c.search_id = s.id
            left join arrival a on a.search_id = s.id and a.birth = c.birth
            left join lateral (
              select o.kind, o.stage, o.reason from evaluation e join outcome o on o.evaluation_id = e.id
              where e.search_id = s.id and e.birth = c.birth and e.purpose = 'EVOLUTION' and e.round = 0
              order by e.id desc limit 1) o on true
            where s.id = :search and c.birth = :birth
            """;

    /** From the youngest to the oldest: a parent is always born earlier. */
    private static final String LINEAGE = """
            with recursive line as (
              select birth, parent_birth, genotype from candidate where search_id = :search and birth = :birth
              union all
              select c.birth, c.parent_birth, c.genotype from line l
              join candidate c on c.search_id = :search and c.birth = l.parent_birth and c.birth < l.birth)
            select l.birth, l.genotype, mean_accuracy(a.correct, a.total) as accuracy
            from line l left join arrival a on a.search_id = :search and a.birth = l.birth and a.correct is not null
            order by l.birth
            """;

    private final JdbcClient jdbc;

    Provenances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A layer and its history. */
    public record Traced(Layer layer, Found found) {
    }

    private record Birth(Found.Versions versions, String search, long seed, String preset, String data, String phase,
            @Nullable Calibration calibration, @Nullable Integer arrival, String fate, Layer layer) {
    }

    private record Step(int birth, LayerGraph graph, @Nullable Double accuracy) {
    }

    /** Empty where the search has no such birth. Test counts stay sealed as they do for a report. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Traced> find(long search, int birth) {
        return jdbc.sql(BIRTH).param("search", search).param("birth", birth).query(Provenances::birth).optional()
                .map(one -> traced(search, birth, one));
    }

    /** Whether a search has such a birth, without its history. */
    public boolean exists(long search, int birth) {
        return jdbc.sql("select exists (select 1 from candidate where search_id = :search and birth = :birth)")
                .param("search", search).param("birth", birth).query(Boolean.class).single();
    }

    private Traced traced(long search, int birth, Birth one) {
        var entry = new Reports(jdbc).entry(search, birth);
        var noise = one.calibration() == null ? null : one.calibration().noise();
        var counts = entry.counts().stream().map(count -> new Found.Count(word(count.images()), count.round(),
                count.seed(), count.anchor(), count.correct(), count.total())).toList();
        return new Traced(one.layer(), new Found(one.search(), one.seed(), one.preset(), one.data(), one.phase(), birth,
                one.arrival(), one.fate(), conditions(search),
                lineage(search, birth, one.layer().numerics()),
                scores(entry), noise == null || noise.degreesOfFreedom() == 0 ? null : noise.mean(), counts,
                one.versions()));
    }

    private String conditions(long search) {
        try {
            return Conditions.read(jdbc, search);
        } catch (IllegalArgumentException anotherVersions) {
            return "Another version of the program made this search, and knows how it trained.";
        }
    }

    private static List<Found.Score> scores(Report.Entry entry) {
        return Stream.of(score(entry, Report.Images.SEARCH, entry.search(), null),
                score(entry, Report.Images.CONFIRM, entry.confirm(), entry.beyondBnRelu()),
                score(entry, Report.Images.TEST, entry.test(), entry.testBeyondBnRelu())).flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Found.Score> score(Report.Entry entry, Report.Images images, @Nullable Interval mean,
            @Nullable Interval beyond) {
        if (mean == null) {
            return Optional.empty();
        }
        int last = entry.counts().stream().filter(count -> count.images() == images)
                .mapToInt(Report.Counted::round).max().orElse(0);
        long seeds = entry.counts().stream().filter(count -> count.images() == images && count.round() == last)
                .mapToLong(Report.Counted::seed).distinct().count();
        return Optional.of(new Found.Score(word(images), (int) seeds, mean.mean(), mean.low(), mean.high(),
                beyond == null ? null : new Found.Beyond(beyond.mean(), beyond.low(), beyond.high())));
    }

    private static String word(Report.Images images) {
        return images.name().toLowerCase(Locale.ROOT);
    }

    private List<Found.Ancestor> lineage(long search, int birth, Numerics numerics) {
        var steps = jdbc.sql(LINEAGE).param("search", search).param("birth", birth)
                .query((row, _) -> new Step(row.getInt("birth"), LayerGraph.unpacked(row.getBytes("genotype")),
                        row.getObject("accuracy", Double.class)))
                .list();
        var simplifier = new Simplifier(numerics);
        var lineage = new ArrayList<Found.Ancestor>();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            lineage.add(new Found.Ancestor(step.birth(),
                    i == 0 ? List.of() : GraphDifference.between(steps.get(i - 1).graph(), step.graph()),
                    Formula.of(simplifier.simplify(step.graph())), step.accuracy()));
        }
        return lineage;
    }

    private static Birth birth(ResultSet row, int number) throws SQLException {
        var calibration = row.getString("calibration");
        var program = Provenances.class.getPackage().getImplementationVersion();
        return new Birth(
                new Found.Versions(program == null ? UNPACKAGED : program, row.getInt("evolution"),
                        row.getInt("simplifier")),
                row.getString("name"), row.getLong("seed"), row.getString("preset"), row.getString("data"),
                row.getString("phase"), calibration == null ? null : Calibration.read(calibration),
                Rows.integer(row, "ordinal"), fate(row), new Layer(LayerGraph.unpacked(row.getBytes("genotype")),
                        new Numerics(row.getInt("groups"), row.getDouble("epsilon"))));
    }

    /** In words. */
    private static String fate(ResultSet row) throws SQLException {
        var kind = row.getString("kind");
        return switch (row.getString("fate")) {
            case "SCREENED" -> "screened out: " + row.getString("screen_rule");
            case "INHERITED" -> "has the score of an equal layer";
            default -> kind == null
                    ? "not yet trained"
                    : kind.equals("SCORED")
                            ? "scored"
                            : "%s: %s".formatted(kind.toLowerCase(Locale.ROOT),
                                    row.getString("reason"));
        };
    }
}
