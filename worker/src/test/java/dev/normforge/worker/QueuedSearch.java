package dev.normforge.worker;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.normforge.graph.NamedLayers;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.queue.EvaluationTask;
import java.sql.SQLException;
import java.time.Instant;

/** A search that has nothing but reference layers to train: the rows that the service would have written. */
record QueuedSearch(TestDatabase database, long id, ProxySpec proxy) {

    static QueuedSearch create(TestDatabase database, ProxySpec proxy) throws SQLException {
        database.execute("insert into proxy (hash, spec) values (?, ?::jsonb) on conflict do nothing",
                ProtocolJson.hash(proxy), ProtocolJson.write(proxy));
        var id = database.text("""
                insert into search (name, preset, spec, seed, data, evolution, simplifier)
                values ('s' || clock_timestamp(), 'smoke', '{}', 1, 'synthetic', 1, 1) returning id
                """);
        return new QueuedSearch(database, Long.parseLong(id), proxy);
    }

    /** An order without a task. */
    long order(String reference, int replicate, boolean gates, ScoredOn on) throws SQLException {
        var layer = NamedLayers.find(reference).orElseThrow();
        return Long.parseLong(database.text("""
                insert into evaluation (search_id, purpose, reference, genotype, proxy_hash, replicate, seed, gates,
                                        audit, scored_on)
                values (?, 'CALIBRATION', ?, ?, ?, ?, ?, ?, false, ?) returning id
                """, id, reference, layer.packed(), ProtocolJson.hash(proxy), replicate, (long) replicate, gates,
                on.name()));
    }

    /** An order that waits for a worker. */
    long queue(String reference, int replicate, EvaluationTask.Priority priority) throws SQLException {
        long evaluation = order(reference, replicate, false, ScoredOn.SEARCH);
        client().schedule(EvaluationTask.instance(evaluation, priority), Instant.now());
        return evaluation;
    }

    /** An order that a worker took and is training. */
    long picked(String reference, int replicate, String worker) throws SQLException {
        long evaluation = queue(reference, replicate, EvaluationTask.Priority.CALIBRATION);
        database.execute("""
                update scheduled_tasks set picked = true, picked_by = ?, version = version + 1,
                       last_heartbeat = now() - interval '1 hour'
                where task_instance = ?
                """, worker, Long.toString(evaluation));
        return evaluation;
    }

    private SchedulerClient client() {
        return EvaluationTask.client(database.dataSource());
    }
}
