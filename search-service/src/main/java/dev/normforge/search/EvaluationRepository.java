package dev.normforge.search;

import dev.normforge.dispatch.Dispatch;
import dev.normforge.graph.LayerGraph;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.queue.EvaluationTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders to train one layer with one seed: the row and its place in the queue, in one transaction. */
@Repository
class EvaluationRepository {

    private final JdbcClient jdbc;
    private final Dispatch dispatch;
    private final Map<ProxySpec, byte[]> hashes = new ConcurrentHashMap<>();

    EvaluationRepository(JdbcClient jdbc, Dispatch dispatch) {
        this.jdbc = jdbc;
        this.dispatch = dispatch;
    }

    /** Whom an order trains: a birth or a named reference layer. */
    record Trainee(@Nullable Integer birth, @Nullable String reference, LayerGraph graph) {
    }

    /**
     * An order.
     *
     * @param round 1 or 2 in confirmation, else 0
     * @param replicate its seed's place in a common list
     */
    record Order(Purpose purpose, int round, Trainee trainee, ProxySpec proxy, int replicate, long seed, boolean gates,
            boolean audit, @Nullable Double stabilityFloor, ScoredOn scoredOn) {
    }

    /** Writes and queues orders; the candidates they name are written before. */
    void order(SearchId search, List<Order> orders) {
        var queued = new ArrayList<Dispatch.Unsettled>();
        for (var order : orders) {
            long id = jdbc
                    .sql("""
                            insert into evaluation (search_id, purpose, round, birth, reference, genotype, proxy_hash, replicate,
                                   seed, gates, audit, stability_floor, scored_on)
                            values (:search, :purpose, :round, :birth, :reference, :genotype, :proxy, :replicate, :seed, :gates,
                                   :audit, :floor, :scoredOn) returning id""")
                    .param("search", search.value()).param("purpose", order.purpose().name())
                    .param("round", order.round()).param("birth", order.trainee().birth())
                    .param("reference", order.trainee().reference())
                    .param("genotype", order.trainee().graph().packed()).param("proxy", proxy(order.proxy()))
                    .param("replicate", order.replicate()).param("seed", order.seed()).param("gates", order.gates())
                    .param("audit", order.audit()).param("floor", order.stabilityFloor())
                    .param("scoredOn", order.scoredOn().name()).query(Long.class).single();
            queued.add(new Dispatch.Unsettled(id, EvaluationTask.Priority.valueOf(order.purpose().name())));
        }
        dispatch.schedule(queued);
    }

    private byte[] proxy(ProxySpec proxy) {
        byte[] hash = hashes.computeIfAbsent(proxy, ProtocolJson::hash);
        jdbc.sql("insert into proxy (hash, spec) values (:hash, :spec::jsonb) on conflict (hash) do nothing")
                .param("hash", hash).param("spec", ProtocolJson.write(proxy)).update();
        return hash;
    }

    /** How far a round is; settled is what has been absorbed, so that no outcome comes after its phase. */
    record Progress(int ordered, int settled, int failed) {
        boolean begun() {
            return ordered > 0;
        }

        boolean over() {
            return ordered > 0 && settled == ordered;
        }
    }

    Progress progress(SearchId search, Purpose purpose, int round) {
        return jdbc.sql("""
                select count(*) as ordered, count(*) filter (where o.absorbed) as settled,
                       count(*) filter (where o.absorbed and o.kind = 'FAILED') as failed
                  from evaluation e left join outcome o on o.evaluation_id = e.id
                 where e.search_id = :search and e.purpose = :purpose and e.round = :round""")
                .param("search", search.value()).param("purpose", purpose.name()).param("round", round)
                .query((row, _) -> new Progress(row.getInt("ordered"), row.getInt("settled"), row.getInt("failed")))
                .single();
    }

    /** The commonest failure of a search's evaluations of one purpose, in words for people. */
    String commonestFailure(SearchId search, Purpose purpose) {
        return jdbc
                .sql("""
                        select coalesce(min(o.reason || coalesce(': ' || coalesce(o.detail -> 'reason' ->> 'what',
                                                                                  o.detail -> 'reason' ->> 'lastExit'), '')), 'none')
                          from outcome o join evaluation e on e.id = o.evaluation_id
                         where e.search_id = :search and e.purpose = :purpose and o.kind = 'FAILED'
                           and o.reason = (select mode() within group (order by f.reason) from outcome f
                                             join evaluation g on g.id = f.evaluation_id
                                            where g.search_id = :search and g.purpose = :purpose and f.kind = 'FAILED')""")
                .param("search", search.value()).param("purpose", purpose.name()).query(String.class).single();
    }

    /** What trainings of the references cost. */
    record Cost(long millis, long steps) {
    }

    Cost calibrationCost(SearchId search) {
        return jdbc.sql("""
                select coalesce(sum(o.device_ms), 0) as millis, coalesce(sum(o.steps), 0) as steps
                  from evaluation e join outcome o on o.evaluation_id = e.id
                 where e.search_id = :search and e.purpose = 'CALIBRATION' and e.reference is not null
                   and o.kind = 'SCORED'""").param("search", search.value())
                .query((row, _) -> new Cost(row.getLong("millis"), row.getLong("steps"))).single();
    }

    /** The latest complete trainings of a search: those of confirmation, which are like what is to come, else of any purpose. */
    List<Reserve.Run> latest(SearchId search, int most) {
        var confirming = latest(search, most, Purpose.CONFIRMATION.name());
        return confirming.isEmpty() ? latest(search, most, "%") : confirming;
    }

    private List<Reserve.Run> latest(SearchId search, int most, String purpose) {
        return jdbc.sql("""
                select e.scored_on, o.steps, o.device_ms from outcome o join evaluation e on e.id = o.evaluation_id
                 where o.search_id = :search and o.kind = 'SCORED' and e.purpose like :purpose
                 order by o.settled_at desc, o.evaluation_id desc limit :most""")
                .param("search", search.value()).param("purpose", purpose).param("most", most)
                .query((row, _) -> new Reserve.Run(ScoredOn.valueOf(row.getString("scored_on")), row.getLong("steps"),
                        row.getLong("device_ms")))
                .list();
    }

    /**
     * Takes what no worker has begun out of the queue and ends it as cancelled.
     *
     * @param kept how many of each replicate, the first ordered ones, are left alone
     * @return how many were given up
     */
    int giveUpWaiting(SearchId search, Purpose purpose, int round, int kept) {
        return jdbc
                .sql("""
                        with waiting as (
                          delete from scheduled_tasks t using (
                              select id, row_number() over (partition by replicate order by id) as place from evaluation
                               where search_id = :search and purpose = :purpose and round = :round) e
                           where t.task_name = :task and not t.picked and t.task_instance = e.id::text and e.place > :kept
                          returning e.id)
                        insert into outcome (evaluation_id, search_id, kind, reason, detail, steps, audit_steps, saved_steps, device_ms)
                        select id, :search, 'FAILED', 'cancelled', :detail::jsonb, 0, 0, 0, 0 from waiting
                        on conflict (evaluation_id) do nothing""")
                .param("search", search.value()).param("purpose", purpose.name()).param("round", round)
                .param("task", EvaluationTask.NAME).param("kept", kept)
                .param("detail", ProtocolJson.write(new Outcome.Failed(new Failure.Cancelled(), Outcome.Spent.NOTHING)))
                .update();
    }

    /** Ends every unsettled evaluation as cancelled: a result that comes later is superseded. */
    void cancel(SearchId search, String detail) {
        jdbc.sql(
                """
                        insert into outcome (evaluation_id, search_id, kind, reason, detail, steps, audit_steps, saved_steps, device_ms)
                        select e.id, e.search_id, 'FAILED', 'cancelled', :detail::jsonb, 0, 0, 0, 0
                          from evaluation e
                         where e.search_id = :search and not exists (select 1 from outcome o where o.evaluation_id = e.id)
                         order by e.id on conflict (evaluation_id) do nothing""")
                .param("detail", detail).param("search", search.value()).update();
    }
}
