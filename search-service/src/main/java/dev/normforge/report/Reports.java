package dev.normforge.report;

import dev.normforge.front.Scores;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.report.ReportAssembly.OfSeed;
import dev.normforge.report.ReportAssembly.SearchScore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Builds a search's report from its rows. The only reader of the sealed test counts. */
@Repository
public class Reports {

    static final int LAST_ROUND = 2;

    private static final String HEAD = """
            select name, seed, preset, data, ending_note, evolution, simplifier, arrivals, calibration::text,
                   (spec #>> '{proxy,numerics,groups}')::integer as groups,
                   (spec #>> '{proxy,numerics,epsilon}')::double precision as epsilon,
                   array(select anchor ->> 'name' from jsonb_array_elements(spec -> 'proxy' -> 'anchors')
                         with ordinality as a (anchor, position) order by position) as anchors
            from search where id = :search
            """;

    private static final String CANDIDATES = """
            select 'birth-' || c.birth as layer, c.genotype, a.correct, a.total
            from candidate c
            left join arrival a on a.search_id = c.search_id and a.birth = c.birth and a.correct is not null
            where c.search_id = :search and c.birth in (:births)
            """;

    /** What the counts of an arrival are the sum of: all trainings of its phenotype that had arrived. */
    private static final String SEEDS = """
            select 'birth-' || c.birth as layer, e.seed, array_agg(r.correct order by r.anchor) as correct,
                   array_agg(r.total order by r.anchor) as total
            from candidate c
            join arrival a on a.search_id = c.search_id and a.birth = c.birth and a.correct is not null
            join candidate t on t.search_id = c.search_id and t.phenotype_id = c.phenotype_id and t.fate = 'EVALUATED'
            join arrival b on b.search_id = t.search_id and b.birth = t.birth and b.ordinal <= a.ordinal
            join evaluation e on e.id = b.evaluation_id
            join anchor_result r on r.evaluation_id = e.id
            where c.search_id = :search and c.birth in (:births)
            group by c.birth, e.id order by c.birth, e.replicate, e.id
            """;

    private static final String REFERENCES = """
            select distinct on (reference) reference as layer, genotype from evaluation
            where search_id = :search and purpose = 'CONFIRMATION' and round = :round and reference is not null
            order by reference, id
            """;

    /** The seal: nothing is read before the phase says that the list of confirmed layers is frozen. */
    private static final String TESTS = """
            select t.evaluation_id, array_agg(t.correct order by t.anchor) as correct,
                   array_agg(t.total order by t.anchor) as total
            from search s
            join evaluation e on e.search_id = s.id
            join sealed_test t on t.evaluation_id = e.id
            where s.id = :search and s.phase in ('REPORT', 'FINISHED') and e.purpose = 'CONFIRMATION' and e.round = :round
            group by t.evaluation_id
            """;

    private final JdbcClient jdbc;

    Reports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Head(String name, long seed, String preset, String data, @Nullable String note,
            Report.Versions versions, int arrivals, @Nullable Calibration calibration, Numerics numerics,
            List<String> anchors) {

        Calibration.Noise noise() {
            return calibration == null ? Calibration.Noise.unknown(anchors.size()) : calibration.noise();
        }
    }

    /**
     * The report as the rows stand now. The list is ordered by confirm scores first; test counts are opened after that, and
     * only when the search is in phase REPORT or FINISHED.
     *
     * @param ending how the search ends: COMPLETED, CANCELLED, EXHAUSTED or FAILED
     */
    public Report build(long search, String ending) {
        var head = jdbc.sql(HEAD).param("search", search).query(Reports::head).single();
        var summaries = new SearchSummaries(jdbc);
        var funnel = summaries.funnel(search);
        var front = new FrontReading(jdbc).read(search, head.arrivals(), head.anchors(), head.noise()).members();
        var assembly = assembly(search, head, front);
        var confirmed = assembly.confirmed();
        var references = assembly.references();
        return new Report(head.name(), head.seed(), head.preset(), head.data(), head.calibration(), funnel.rows(),
                new AuditReading(jdbc).read(search, funnel, head.calibration() != null), assembly.front(front),
                confirmed,
                references, ending, head.note(), Conditions.read(jdbc, search), head.versions(),
                Sentence.of(head.data(), ending, head.note(), head.calibration(), confirmed, references));
    }

    /** One proposal of it alone, whatever became of that, with the test counts as a report has them. */
    Report.Entry entry(long search, int birth) {
        var head = jdbc.sql(HEAD).param("search", search).query(Reports::head).single();
        var last = new Measurements(jdbc).ofConfirmation(search, LAST_ROUND);
        return assembly(search, head, Set.of(birth), last).of(birth);
    }

    private ReportAssembly assembly(long search, Head head, List<FrontView.Standing> front) {
        var last = new Measurements(jdbc).ofConfirmation(search, LAST_ROUND);
        return assembly(search, head, births(front, last), last);
    }

    private ReportAssembly assembly(long search, Head head, Set<Integer> births, List<Measurement> last) {
        var graphs = new HashMap<String, Layer>();
        var searches = new HashMap<String, SearchScore>();
        candidates(search, head.numerics(), births, graphs, searches);
        jdbc.sql(REFERENCES).param("search", search).param("round", LAST_ROUND)
                .query(row -> {
                    graphs.put(row.getString("layer"), layer(row, head.numerics()));
                });
        return new ReportAssembly(head.anchors(), head.noise(), graphs, searches,
                new Measurements(jdbc).ofConfirmation(search, LAST_ROUND - 1), last, tests(search));
    }

    private static Set<Integer> births(List<FrontView.Standing> front, List<Measurement> last) {
        var births = new LinkedHashSet<Integer>();
        front.forEach(standing -> births.add(standing.birth()));
        ConfirmationField.ranking(last).forEach(births::add);
        return births;
    }

    private void candidates(long search, Numerics numerics, Set<Integer> births, Map<String, Layer> graphs,
            Map<String, SearchScore> searches) {
        if (births.isEmpty()) {
            return;
        }
        var seeds = new HashMap<String, List<OfSeed>>();
        jdbc.sql(SEEDS).param("search", search).param("births", births).query(row -> {
            seeds.computeIfAbsent(row.getString("layer"), _ -> new ArrayList<>())
                    .add(new OfSeed(row.getLong("seed"), Objects.requireNonNull(Rows.scores(row))));
        });
        jdbc.sql(CANDIDATES).param("search", search).param("births", births).query(row -> {
            var layer = row.getString("layer");
            graphs.put(layer, layer(row, numerics));
            var pooled = Rows.scores(row);
            if (pooled != null) {
                searches.put(layer, new SearchScore(pooled, seeds.getOrDefault(layer, List.of())));
            }
        });
    }

    private Map<Long, Scores> tests(long search) {
        var tests = new HashMap<Long, Scores>();
        jdbc.sql(TESTS).param("search", search).param("round", LAST_ROUND).query(row -> {
            tests.put(row.getLong("evaluation_id"), Objects.requireNonNull(Rows.scores(row)));
        });
        return tests;
    }

    private static Layer layer(ResultSet row, Numerics numerics) throws SQLException {
        return new Layer(LayerGraph.unpacked(row.getBytes("genotype")), numerics);
    }

    private static Head head(ResultSet row, int number) throws SQLException {
        var calibration = row.getString("calibration");
        return new Head(row.getString("name"), row.getLong("seed"), row.getString("preset"), row.getString("data"),
                row.getString("ending_note"),
                new Report.Versions(row.getInt("evolution"), row.getInt("simplifier")), row.getInt("arrivals"),
                calibration == null ? null : Calibration.read(calibration),
                new Numerics(row.getInt("groups"), row.getDouble("epsilon")),
                List.of((String[]) row.getArray("anchors").getArray()));
    }

    /** The stored report of a finished search. */
    public Optional<Report> find(long search) {
        return jdbc.sql("select report::text from search where id = :search and kind = 'SEARCH' and report is not null")
                .param("search", search).query(String.class).optional().map(Report::read);
    }
}
