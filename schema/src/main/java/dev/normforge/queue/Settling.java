package dev.normforge.queue;

import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a result becomes rows: what everybody may read, and what stays sealed. */
final class Settling {

    private Settling() {
    }

    static Settlement settle(Connection connection, long evaluation, @Nullable Long worker, Outcome outcome)
            throws SQLException {
        var detail = ProtocolJson.write(withoutTestCounts(outcome));
        if (insert(connection, evaluation, worker, outcome, detail)) {
            if (outcome instanceof Outcome.Scored scored) {
                insertScores(connection, evaluation, scored.scores());
            }
            return Settlement.COUNTED;
        }
        if (EvaluationQueue.holds(connection, """
                select 1 from outcome
                where evaluation_id = ? and worker_id is not distinct from ? and detail = ?::jsonb
                """, evaluation, worker, detail)) {
            return Settlement.COUNTED;
        }
        EvaluationQueue.execute(connection, """
                insert into superseded (evaluation_id, worker_id, detail)
                select o.evaluation_id, ?::bigint, ?::jsonb from outcome o where o.evaluation_id = ?
                  and not exists (select 1 from superseded s where s.evaluation_id = o.evaluation_id
                                  and s.worker_id is not distinct from ? and s.detail = ?::jsonb)
                """, worker, detail, evaluation, worker, detail);
        return EvaluationQueue.holds(connection, "select 1 from evaluation where id = ?", evaluation)
                ? Settlement.SUPERSEDED
                : Settlement.GONE;
    }

    private static boolean insert(Connection connection, long evaluation, @Nullable Long worker, Outcome outcome,
            String detail) throws SQLException {
        var spent = outcome.spent();
        return EvaluationQueue.execute(connection, """
                insert into outcome (evaluation_id, search_id, worker_id, kind, stage, reason, detail, steps,
                                     audit_steps, saved_steps, device_ms)
                select e.id, e.search_id, ?::bigint, ?, ?::text, ?::text, ?::jsonb, ?, ?, ?, ?
                from evaluation e where e.id = ?
                for key share
                on conflict (evaluation_id) do nothing
                """, worker, kind(outcome), outcome instanceof Outcome.Rejected r ? r.reason().stage().name() : null,
                Reasons.of(outcome).orElse(null), detail, spent.steps(), spent.auditSteps(), spent.savedSteps(),
                spent.millis(), evaluation) == 1;
    }

    private static String kind(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Scored _ -> "SCORED";
            case Outcome.Rejected _ -> "REJECTED";
            case Outcome.Failed _ -> "FAILED";
        };
    }

    private static void insertScores(Connection connection, long evaluation, List<AnchorScore> scores)
            throws SQLException {
        for (int anchor = 0; anchor < scores.size(); anchor++) {
            var score = scores.get(anchor);
            EvaluationQueue.execute(connection, """
                    insert into anchor_result (evaluation_id, anchor, correct, total, loss, step_ms)
                    values (?, ?, ?, ?, ?, ?)
                    """, evaluation, anchor, score.correct(), score.total(), score.loss(), score.stepMillis());
            var test = score.test();
            if (test != null) {
                EvaluationQueue.execute(connection, """
                        insert into sealed_test (evaluation_id, anchor, correct, total) values (?, ?, ?, ?)
                        """, evaluation, anchor, test.correct(), test.total());
            }
        }
    }

    private static Outcome withoutTestCounts(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Scored(var scores, var spent) -> new Outcome.Scored(sealed(scores), spent);
            case Outcome.Rejected(var reason, var soFar, var audit, var spent) ->
                new Outcome.Rejected(reason, sealed(soFar), sealed(audit), spent);
            case Outcome.Failed failed -> failed;
        };
    }

    private static List<AnchorScore> sealed(List<AnchorScore> scores) {
        return scores.stream().map(AnchorScore::withoutTest).toList();
    }
}
