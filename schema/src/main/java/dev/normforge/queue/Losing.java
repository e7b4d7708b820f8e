package dev.normforge.queue;

import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import java.sql.Connection;
import java.sql.SQLException;

/** What happens to an evaluation whose worker went away: counted, then given to another worker or given up. */
final class Losing {

    private Losing() {
    }

    static Loss lost(Connection connection, long evaluation, long version, String pickedBy) throws SQLException {
        boolean ours = EvaluationQueue.execute(connection, """
                update scheduled_tasks
                set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
                where task_name = ? and task_instance = ? and version = ? and picked and picked_by = ?
                """, EvaluationTask.NAME, Long.toString(evaluation), version, pickedBy) == 1;
        if (!ours) {
            return Loss.NOT_OURS;
        }
        if (EvaluationQueue.holds(connection, "select 1 from outcome where evaluation_id = ?", evaluation)) {
            remove(connection, evaluation);
            return Loss.SETTLED;
        }
        var reason = stopReason(connection, pickedBy);
        if (Departure.wasUnfit(reason)) {
            return Loss.REVIVED; // not counted: that worker stopped, and no layer would have fared better there
        }
        boolean crash = Departure.mayBeTheLayersDoing(reason);
        int times = count(connection, crash ? "crashes" : "losses", evaluation);
        if (times == 0) {
            remove(connection, evaluation);
            return Loss.NOT_OURS;
        }
        if (times < (crash ? EvaluationQueue.CRASHES : EvaluationQueue.LOSSES)) {
            return Loss.REVIVED;
        }
        var failure = crash ? new Failure.WorkerCrashed(times, reason) : new Failure.WorkerLost(times);
        Settling.settle(connection, evaluation, null, new Outcome.Failed(failure, Outcome.Spent.NOTHING));
        remove(connection, evaluation);
        return Loss.FAILED;
    }

    /** Adds one to a counter; 0 when the evaluation is no more. */
    static int count(Connection connection, String counter, long evaluation) throws SQLException {
        try (var update = connection.prepareStatement(
                "update evaluation set %1$s = %1$s + 1 where id = ? returning %1$s".formatted(counter))) {
            EvaluationQueue.bind(update, evaluation);
            try (var row = update.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    /** Why that worker stopped; one that never said so and was not seen to exit is silent from now on. */
    private static String stopReason(Connection connection, String worker) throws SQLException {
        EvaluationQueue.execute(connection, """
                update worker set stopped_at = clock_timestamp(), stop_reason = ? where name = ? and stopped_at is null
                """, Departure.SILENT, worker);
        try (var query = connection.prepareStatement("select stop_reason from worker where name = ?")) {
            EvaluationQueue.bind(query, worker);
            try (var row = query.executeQuery()) {
                return row.next() ? row.getString(1) : Departure.SILENT;
            }
        }
    }

    private static void remove(Connection connection, long evaluation) throws SQLException {
        EvaluationQueue.execute(connection, "delete from scheduled_tasks where task_name = ? and task_instance = ?",
                EvaluationTask.NAME, Long.toString(evaluation));
    }
}
