package dev.normforge.report;

import dev.normforge.evolution.Evolution;
import dev.normforge.graph.Simplifier;
import dev.normforge.queue.EvaluationTask;
import dev.normforge.report.SearchView.Best;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A search's row with what belongs to a glance at it. */
final class SearchReading {

    /**
     * Ends in its {@code where}: comparisons are no searches. A coordinator brings {@code active_ms} up to date many times a second; a gap of more
     * than ten seconds means that none ran, and does not count.
     */
    static final String SELECT = """
            select s.id, s.name, s.preset, s.data, s.seed, s.study, s.arm, s.phase, s.intent, s.ending, s.ending_note,
                   s.births, s.arrivals, s.revision, s.evolution, s.simplifier, s.created_at, s.finished_at, s.calibration::text,
                   s.active_ms + case when s.phase <> 'FINISHED' and s.intent = 'RUN' and s.active_at is not null
                     then (1000 * least(10, extract(epoch from clock_timestamp() - s.active_at)))::bigint else 0 end
                     as active_ms,
                   extract(epoch from coalesce(s.evolution_ended_at, clock_timestamp()) - s.evolution_started_at)
                     as evolution_seconds,
                   (s.spec -> 'budget' ->> 'minutes')::double precision as minutes,
                   (s.spec -> 'budget' ->> 'candidates')::bigint as candidates,
                   (s.spec -> 'budget' ->> 'steps')::bigint as steps,
                   (s.spec -> 'budget' ->> 'audits')::bigint as audits,
                   f.trained, f.scored, f.audited, f.spent, q.waiting, q.running, r.per_minute,
                   v.members, v.hypervolume,
                   b.birth as best_birth, b.formula as best_formula, b.correct, b.total
            from search s
            cross join lateral (
              select coalesce(sum(candidates) filter (where stage in %s), 0) as trained,
                     coalesce(sum(candidates) filter (where stage = 'SCORED'), 0) as scored,
                     coalesce(sum(candidates) filter (where stage = 'AUDIT'), 0) as audited,
                     coalesce(sum(steps_spent), 0) as spent
              from funnel where search_id = s.id) f
            cross join lateral (
              select count(*) filter (where not t.picked) as waiting, count(*) filter (where t.picked) as running
              from scheduled_tasks t
              join evaluation e on e.id = case t.task_name when '%s' then t.task_instance::bigint end
              where e.search_id = s.id) q
            cross join lateral (
              select 60 * (count(*) - 1) / nullif(extract(epoch from
                       case when s.phase = 'EVOLUTION' and s.intent = 'RUN' then clock_timestamp() else max(created_at) end
                       - min(created_at)), 0) as per_minute
              from (select created_at from arrival where search_id = s.id order by ordinal desc limit 50) latest) r
            left join lateral (
              select members, hypervolume from front_size where search_id = s.id order by ordinal desc limit 1) v on true
            left join lateral (
              select a.birth, p.formula, a.correct, a.total
              from arrival a
              join candidate c on c.search_id = a.search_id and c.birth = a.birth
              left join phenotype p on p.id = c.phenotype_id
              where a.search_id = s.id and a.correct is not null
              order by mean_accuracy(a.correct, a.total) desc, a.birth limit 1) b on true
            where s.kind = 'SEARCH'
            """
            .formatted(Funnel.Stage.trainedInSql(), EvaluationTask.NAME);

    private static final double ENOUGH_TO_EXTRAPOLATE = 0.02;

    private SearchReading() {
    }

    static SearchView view(ResultSet row, int number) throws SQLException {
        var json = row.getString("calibration");
        var calibration = json == null ? null : Calibration.read(json);
        return new SearchView(row.getLong("id"), row.getString("name"), row.getString("preset"), row.getString("data"),
                row.getLong("seed"), row.getString("study"), row.getString("arm"), row.getString("phase"),
                row.getString("intent"), row.getString("ending"), note(row), row.getInt("births"),
                row.getInt("arrivals"), row.getLong("revision"), row.getLong("trained"), row.getLong("scored"),
                row.getLong("waiting"), row.getLong("running"), row.getLong("spent"), perMinute(row), front(row),
                best(row, calibration),
                Objects.requireNonNull(Rows.instant(row, "created_at")), Rows.instant(row, "finished_at"),
                row.getLong("active_ms"), remaining(row),
                calibration == null ? null : calibration.separation().sentence());
    }

    /** A live search of another program's waits for that one. */
    private static @Nullable String note(ResultSet row) throws SQLException {
        int evolution = row.getInt("evolution");
        int simplifier = row.getInt("simplifier");
        boolean ours = evolution == Evolution.VERSION && simplifier == Simplifier.VERSION;
        return ours || row.getString("ending") != null
                ? row.getString("ending_note")
                : "left alone: made by versions %d of evolution and %d of the simplifier, this program has %d and %d"
                        .formatted(evolution, simplifier, Evolution.VERSION, Simplifier.VERSION);
    }

    private static @Nullable Best best(ResultSet row, @Nullable Calibration calibration) throws SQLException {
        var scores = Rows.scores(row);
        if (scores == null) {
            return null;
        }
        var noise = calibration == null
                ? Calibration.Noise.unknown(scores.anchors().size())
                : calibration.noise();
        return new Best(row.getInt("best_birth"), Objects.requireNonNullElse(row.getString("best_formula"), ""),
                Intervals.ofMean(List.of(scores), noise), beyondBnRelu(scores.mean(), calibration));
    }

    private static @Nullable Double beyondBnRelu(double mean, @Nullable Calibration calibration) {
        var reference = calibration == null ? null : calibration.reference("bn-relu");
        return reference == null ? null : mean - reference.accuracy().mean();
    }

    private static SearchView.@Nullable Front front(ResultSet row) throws SQLException {
        var members = Rows.integer(row, "members");
        return members == null ? null : new SearchView.Front(members, row.getDouble("hypervolume"));
    }

    private static @Nullable Double perMinute(ResultSet row) throws SQLException {
        double rate = row.getDouble("per_minute");
        return row.wasNull() ? null : rate;
    }

    private static @Nullable Long remaining(ResultSet row) throws SQLException {
        if (row.getString("ending") != null) {
            return 0L;
        }
        var minutes = row.getObject("minutes", Double.class);
        if (minutes != null) {
            return Math.max(0, Math.round(60_000 * minutes) - row.getLong("active_ms"));
        }
        double done = Math.max(share(row, "audited", "audits"),
                Math.max(share(row, "trained", "candidates"), share(row, "spent", "steps")));
        return row.getString("phase").equals("EVOLUTION") && done >= ENOUGH_TO_EXTRAPOLATE
                ? Math.round(1000 * row.getDouble("evolution_seconds") * Math.max(0, 1 / done - 1))
                : null;
    }

    private static double share(ResultSet row, String done, String budget) throws SQLException {
        var most = row.getObject(budget, Long.class);
        return most == null ? 0 : (double) row.getLong(done) / most;
    }
}
