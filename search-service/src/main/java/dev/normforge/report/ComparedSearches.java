package dev.normforge.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What stands beside a glance at a search where several are compared. */
@Repository
public class ComparedSearches {

    private static final String SELECT = """
            select s.id, s.spec::text, s.calibration::text, size.members, size.hypervolume,
                   best.entry ->> 'layer' as layer, (best.entry ->> 'birth')::integer as birth,
                   best.entry ->> 'formula' as formula, best.entry ->> 'confirm' as confirm,
                   best.entry ->> 'beyondBnRelu' as beyond, best.entry ->> 'test' as test,
                   best.entry ->> 'testBeyondBnRelu' as test_beyond
              from search s
              left join lateral (select members, hypervolume from front_size where search_id = s.id
                                  order by ordinal desc limit 1) size on true
              left join lateral (select s.report #> '{confirmed,0}' as entry) best on true
             where s.id in (:searches)
            """;

    private final JdbcClient jdbc;

    ComparedSearches(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One search.
     *
     * @param spec its specification, as JSON
     * @param bnRelu BN-ReLU's mean accuracy in its calibration; null before that has ended
     * @param members of the front
     * @param hypervolume of the front above accuracy 0; null before there is a front
     * @param confirmed its best confirmed layer; null where there is none
     */
    public record Compared(String spec, @Nullable Interval bnRelu, @Nullable Integer members,
            @Nullable Double hypervolume, @Nullable Confirmed confirmed) {
    }

    /**
     * The best layer of a final report.
     *
     * @param confirm on the images that confirm
     * @param beyondBnRelu that minus BN-ReLU's
     * @param test on the test images
     * @param testBeyondBnRelu likewise
     */
    public record Confirmed(String layer, @Nullable Integer birth, String formula, @Nullable Interval confirm,
            @Nullable Interval beyondBnRelu, @Nullable Interval test, @Nullable Interval testBeyondBnRelu) {
    }

    /** @return by id */
    public Map<Long, Compared> read(Collection<Long> searches) {
        var found = new HashMap<Long, Compared>();
        if (!searches.isEmpty()) {
            jdbc.sql(SELECT).param("searches", searches).query(row -> {
                found.put(row.getLong("id"), compared(row));
            });
        }
        return found;
    }

    /** Ids of a study's searches, oldest first. @param arms of which; empty for all of them */
    public List<Long> ofStudy(String study, Collection<String> arms, int most) {
        return jdbc.sql("""
                select id from search where study = :study and kind = 'SEARCH' and (:all or arm in (:arms))
                 order by id limit :most""").param("study", study).param("all", arms.isEmpty())
                .param("arms", arms.isEmpty() ? List.of("") : arms).param("most", most).query(Long.class).list();
    }

    private static Compared compared(ResultSet row) throws SQLException {
        var calibration = row.getString("calibration");
        var bnRelu = calibration == null ? null : Calibration.read(calibration).reference("bn-relu");
        var layer = row.getString("layer");
        return new Compared(row.getString("spec"), bnRelu == null ? null : bnRelu.accuracy(),
                Rows.integer(row, "members"), row.getObject("hypervolume", Double.class),
                layer == null
                        ? null
                        : new Confirmed(layer, Rows.integer(row, "birth"), row.getString("formula"),
                                interval(row, "confirm"), interval(row, "beyond"), interval(row, "test"),
                                interval(row, "test_beyond")));
    }

    private static @Nullable Interval interval(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : ReportJson.read(text, Interval.class);
    }
}
