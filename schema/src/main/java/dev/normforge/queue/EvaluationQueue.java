package dev.normforge.queue;

import dev.normforge.graph.LayerGraph;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.NativeLayer;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Everything a worker may ask of the database. Every method is one short transaction, safe to repeat when it failed. */
public final class EvaluationQueue {

    /** Times a worker may go silent or be killed before its evaluation is given up. */
    public static final int LOSSES = 10;
    /** Times a training may bring its worker down, or fail, before its evaluation is given up. */
    public static final int CRASHES = 3;

    private final DataSource dataSource;

    public EvaluationQueue(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Enters a worker process.
     *
     * @return its id, the {@code worker_id} of its results
     */
    public long register(WorkerProcess worker) throws SQLException {
        return inTransaction(connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into worker (name, host, pid, device, version) values (?, ?, ?, ?, ?)
                    on conflict (name) do update set seen_at = clock_timestamp() where worker.pid = excluded.pid
                    returning id
                    """)) {
                bind(insert, worker.name(), worker.host(), worker.pid(), worker.device(), worker.version());
                try (var row = insert.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalArgumentException(
                                "worker name is %s, expected one that no worker has had".formatted(worker.name()));
                    }
                    return row.getLong(1);
                }
            }
        });
    }

    /** How far the database's clock is ahead of this machine's, give or take the time of one query. */
    public Duration clockOffset() throws SQLException {
        return inTransaction(connection -> {
            var before = Instant.now();
            try (var query = connection.prepareStatement("select extract(epoch from clock_timestamp()) * 1000");
                    var row = query.executeQuery()) {
                row.next();
                var middle = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
                return Duration.between(middle, Instant.ofEpochMilli(Math.round(row.getDouble(1))));
            }
        });
    }

    /** The order itself; empty when its search was deleted. */
    public Optional<EvaluationRequest> load(long evaluation) throws SQLException {
        return inTransaction(connection -> {
            try (var query = connection.prepareStatement("""
                    select e.genotype, p.spec::text, e.seed, e.gates, e.audit, e.stability_floor, e.scored_on,
                           e.native, e.observation::text
                    from evaluation e join proxy p on p.hash = e.proxy_hash
                    where e.id = ?
                    """)) {
                bind(query, evaluation);
                try (var row = query.executeQuery()) {
                    return row.next() ? Optional.of(request(evaluation, row)) : Optional.<EvaluationRequest>empty();
                }
            }
        });
    }

    private static EvaluationRequest request(long evaluation, ResultSet row) throws SQLException {
        double floor = row.getDouble(6);
        Double stabilityFloor = row.wasNull() ? null : Double.valueOf(floor);
        var written = row.getString(8);
        var layer = written == null
                ? new SlotLayer.Graph(LayerGraph.unpacked(row.getBytes(1)))
                : new SlotLayer.Native(NativeLayer.valueOf(written));
        var observed = row.getString(9);
        return new EvaluationRequest(evaluation, layer, ProtocolJson.read(row.getString(2), ProxySpec.class),
                row.getLong(3), row.getBoolean(4), row.getBoolean(5), stabilityFloor,
                ScoredOn.valueOf(row.getString(7)),
                observed == null ? null : ProtocolJson.read(observed, Observation.class));
    }

    /** Whether somebody still waits for this evaluation: it exists, has no outcome, and its search is not cancelled. */
    public boolean isWanted(long evaluation) throws SQLException {
        return inTransaction(connection -> holds(connection, """
                select 1 from evaluation e join search s on s.id = e.search_id
                where e.id = ? and s.intent <> 'CANCEL'
                  and not exists (select 1 from outcome o where o.evaluation_id = e.id)
                """, evaluation));
    }

    private static final String PAUSED = """
            select 1 from evaluation e join search s on s.id = e.search_id where e.id = ? and s.intent = 'PAUSE'
            """;

    /**
     * Takes an evaluation out of the queue again if its search is paused: whoever resumes the search queues it anew. To be
     * asked before training begins, since what is given back or lost during a pause comes into the queue.
     *
     * @return whether it was taken out, and is not to be trained
     */
    public boolean hold(long evaluation) throws SQLException {
        return inTransaction(connection -> {
            // The lock excludes whoever resumes: they find it out of the queue, or we find the search running.
            if (!holds(connection, PAUSED, evaluation) || !holds(connection, PAUSED + "for share of s", evaluation)) {
                return false;
            }
            execute(connection, "delete from scheduled_tasks where task_name = ? and task_instance = ?",
                    EvaluationTask.NAME, Long.toString(evaluation));
            return true;
        });
    }

    /** Whether an outcome counts already. */
    public boolean isSettled(long evaluation) throws SQLException {
        return inTransaction(
                connection -> holds(connection, "select 1 from outcome where evaluation_id = ?", evaluation));
    }

    /** Reports a result. The first one counts; test counts are sealed; reporting it once more changes nothing. */
    public Settlement settle(long evaluation, long worker, Outcome outcome) throws SQLException {
        return inTransaction(connection -> Settling.settle(connection, evaluation, worker, outcome));
    }

    /** Says that a worker lives, and what it does; null for waiting. */
    public void beat(long worker, @Nullable Progress progress) throws SQLException {
        inTransaction(connection -> execute(connection, """
                update worker
                set seen_at = clock_timestamp(), anchor = ?, step = ?, steps = ?, evaluation_id = training,
                    evaluation_since = case when training = evaluation_id then evaluation_since
                                            when training is not null then clock_timestamp() end,
                    stopped_at = case stop_reason when 'silent' then null else stopped_at end,
                    stop_reason = nullif(stop_reason, 'silent')
                from (select ?::bigint as training) said
                where id = ?
                """, progress == null ? null : progress.anchor(), progress == null ? null : progress.step(),
                progress == null ? null : progress.steps(), progress == null ? null : progress.evaluation(), worker));
    }

    /** Says why a worker stops. The first reason stands. */
    public void stopped(long worker, String reason) throws SQLException {
        inTransaction(connection -> execute(connection, """
                update worker set stopped_at = clock_timestamp(), stop_reason = ?, evaluation_id = null
                where id = ? and stopped_at is null
                """, reason, worker));
    }

    /**
     * For whoever started a worker and saw its process end: records why, and gives what it was training back at once,
     * without waiting for missed heartbeats.
     *
     * @param name the worker's
     * @param exitCode of its process
     */
    public void exited(String name, int exitCode) throws SQLException {
        inTransaction(connection -> execute(connection, """
                update worker set stopped_at = clock_timestamp(), stop_reason = ? where name = ? and stopped_at is null
                """, Departure.ofExit(exitCode), name));
        for (var held : heldBy(name)) {
            lost(held.evaluation(), held.version(), name);
        }
    }

    private record Held(long evaluation, long version) {
    }

    private List<Held> heldBy(String worker) throws SQLException {
        return inTransaction(connection -> {
            try (var query = connection.prepareStatement("""
                    select task_instance, version from scheduled_tasks where task_name = ? and picked and picked_by = ?
                    """)) {
                bind(query, EvaluationTask.NAME, worker);
                try (var rows = query.executeQuery()) {
                    var held = new ArrayList<Held>();
                    while (rows.next()) {
                        held.add(new Held(Long.parseLong(rows.getString(1)), rows.getLong(2)));
                    }
                    return held;
                }
            }
        });
    }

    /**
     * Deals with an evaluation whose worker went away. The lease's version lets exactly one caller count a loss.
     *
     * @param version of the scheduler's row when it was found
     * @param pickedBy name of the worker that went away
     */
    public Loss lost(long evaluation, long version, String pickedBy) throws SQLException {
        return inTransaction(connection -> Losing.lost(connection, evaluation, version, pickedBy));
    }

    /**
     * Counts a training that failed on a living worker.
     *
     * @return whether another attempt is due; false when this was the last one and the failure is now the outcome
     */
    public boolean mayRetry(long evaluation, long worker, Failure failure, Outcome.Spent spent) throws SQLException {
        return inTransaction(connection -> {
            int crashes = Losing.count(connection, "crashes", evaluation);
            if (crashes > 0 && crashes < CRASHES) {
                return true;
            }
            Settling.settle(connection, evaluation, worker, new Outcome.Failed(failure, spent));
            return false;
        });
    }

    /** A piece of work on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                try {
                    connection.rollback();
                } catch (SQLException alsoFailed) {
                    failure.addSuppressed(alsoFailed);
                }
                throw failure;
            }
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    static int execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    static boolean holds(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
