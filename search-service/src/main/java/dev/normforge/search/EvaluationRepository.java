package dev.normforge.search;

import dev.normforge.dispatch.Dispatch;
import dev.normforge.graph.LayerGraph;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.queue.EvaluationTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Orders to train one layer with one seed: the row and its place in the queue, in one transaction. */
@Repository
class EvaluationRepository {

    private static final int ROWS_A_BATCH = 1000;

    private static final String CANCELLED = ProtocolJson
            .write(new Outcome.Failed(new Failure.Cancelled(), Outcome.Spent.NOTHING));

    private static final String INSERT = """
            insert into evaluation (search_id, purpose, round, birth, reference, genotype, native, proxy_hash, replicate,
                   seed, gates, audit, stability_floor, scored_on, observation)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)""";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Dispatch dispatch;
    private final Map<ProxySpec, byte[]> hashes = new ConcurrentHashMap<>();

    EvaluationRepository(JdbcClient jdbc, JdbcTemplate batches, Dispatch dispatch) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.dispatch = dispatch;
    }

    /** Whom an order trains: a birth, or a layer with a name. */
    record Trainee(@Nullable Integer birth, @Nullable String reference, SlotLayer layer) {
        Trainee(@Nullable Integer birth, @Nullable String reference, LayerGraph graph) {
            this(birth, reference, new SlotLayer.Graph(graph));
        }
    }

    /**
     * An order.
     *
     * @param round 1 or 2 in confirmation, the training's number in a comparison, else 0
     * @param replicate its seed's place in a common list
     */
    record Order(Purpose purpose, int round, Trainee trainee, ProxySpec proxy, int replicate, long seed, boolean gates,
            boolean audit, @Nullable Double stabilityFloor, ScoredOn scoredOn, @Nullable Observation observation) {
        Order(Purpose purpose, int round, Trainee trainee, ProxySpec proxy, int replicate, long seed, boolean gates,
                boolean audit, @Nullable Double stabilityFloor, ScoredOn scoredOn) {
            this(purpose, round, trainee, proxy, replicate, seed, gates, audit, stabilityFloor, scoredOn, null);
        }
    }

    /** Writes and queues orders; the candidates they name are written before. */
    void order(SearchId search, List<Order> orders) {
        var queued = new ArrayList<Dispatch.Unsettled>();
        for (var order : orders) {
            long id = jdbc.sql(INSERT + " returning id").params(values(search, order, proxy(order.proxy())))
                    .query(Long.class).single();
            queued.add(new Dispatch.Unsettled(id, EvaluationTask.Priority.valueOf(order.purpose().name())));
        }
        dispatch.schedule(queued);
    }

    /** Writes orders, in this order, and queues none: {@link Dispatch#unsettled} finds them. */
    void write(SearchId search, List<Order> orders) {
        var proxies = new HashMap<ProxySpec, byte[]>();
        var rows = orders.stream().map(order -> values(search, order,
                proxies.computeIfAbsent(order.proxy(), this::proxy)).toArray()).toList();
        for (int from = 0; from < rows.size(); from += ROWS_A_BATCH) {
            batches.batchUpdate(INSERT, rows.subList(from, Math.min(rows.size(), from + ROWS_A_BATCH)));
        }
    }

    private static List<@Nullable Object> values(SearchId search, Order order, byte[] proxy) {
        var trainee = order.trainee();
        var observation = order.observation();
        return Arrays.asList(search.value(), order.purpose().name(), order.round(), trainee.birth(),
                trainee.reference(), trainee.layer() instanceof SlotLayer.Graph(var graph) ? graph.packed() : null,
                trainee.layer() instanceof SlotLayer.Native(var written) ? written.name() : null, proxy,
                order.replicate(), order.seed(), order.gates(), order.audit(), order.stabilityFloor(),
                order.scoredOn().name(), observation == null ? null : ProtocolJson.write(observation));
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
                .param("detail", CANCELLED)
                .update();
    }

    /** Nothing of a cancelled search stays open: what waits is taken out of the queue, what a worker still brings is superseded. */
    void giveUp(SearchId search) {
        dispatch.withdraw(search.value());
        cancel(search);
    }

    /** Ends every unsettled evaluation as cancelled. */
    private void cancel(SearchId search) {
        jdbc.sql(
                """
                        insert into outcome (evaluation_id, search_id, kind, reason, detail, steps, audit_steps, saved_steps, device_ms)
                        select e.id, e.search_id, 'FAILED', 'cancelled', :detail::jsonb, 0, 0, 0, 0
                          from evaluation e
                         where e.search_id = :search and not exists (select 1 from outcome o where o.evaluation_id = e.id)
                         order by e.id on conflict (evaluation_id) do nothing""")
                .param("detail", CANCELLED).param("search", search.value()).update();
    }
}
