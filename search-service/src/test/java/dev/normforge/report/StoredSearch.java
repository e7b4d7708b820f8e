package dev.normforge.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.graph.Elementwise;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.protocol.ProtocolJson;
import dev.normforge.protocol.ProxySpec;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A search as rows, made by SQL: two anchors, 1,000 search images, 2,000 confirm images, 4,000 test images. */
final class StoredSearch {

    static final byte[] TANH = LayerGraph.of(Node.of(Elementwise.TANH, LayerGraph.X)).packed();
    private static final byte[] PROXY = new byte[32];

    private static final AtomicInteger NAMES = new AtomicInteger();

    final JdbcClient jdbc;
    final String name = "search-" + NAMES.incrementAndGet();
    final long id;
    private int ordinals;
    private byte[] confirming = PROXY;

    StoredSearch(JdbcClient jdbc, String spec) {
        this.jdbc = jdbc;
        jdbc.sql("insert into proxy (hash, spec) values (:hash, '{}') on conflict do nothing").param("hash", PROXY)
                .update();
        id = jdbc.sql("""
                insert into search (name, preset, spec, seed, data, evolution, simplifier)
                values (:name, 'laptop', :spec::jsonb, 42, 'cifar10', 3, 1) returning id
                """).param("name", name).param("spec", spec).query(Long.class).single();
    }

    static StoredSearch withBudget(JdbcClient jdbc, String budget) {
        return new StoredSearch(jdbc, """
                {"budget": %s, "proxy": {"anchors": [{"name": "resnet"}, {"name": "mobilenetv2"}]}}
                """.formatted(budget));
    }

    /** What later evaluations of confirmation are trained on. */
    void confirming(ProxySpec proxy) {
        confirming = ProtocolJson.hash(proxy);
        jdbc.sql("insert into proxy (hash, spec) values (:hash, :spec::jsonb) on conflict do nothing")
                .param("hash", confirming).param("spec", ProtocolJson.write(proxy)).update();
    }

    void set(String assignments) {
        jdbc.sql("update search set " + assignments + " where id = :id").param("id", id).update();
    }

    void calibrated(Calibration calibration) {
        jdbc.sql("update search set calibration = :json::jsonb where id = :id").param("json", calibration.json())
                .param("id", id).update();
    }

    /** A candidate that is trained; a phenotype of its own unless another has the same formula. */
    void birth(int birth, String formula) {
        birth(birth, formula, null);
    }

    void birth(int birth, String formula, @Nullable String stage) {
        var hash = Arrays.copyOf(formula.getBytes(UTF_8), 32);
        jdbc.sql("""
                insert into phenotype (simplifier, hash, formula, operations, tensor_passes, parameters_per_channel,
                                       batch_statistics)
                values (1, :hash, :formula, 1, 4, 2, false) on conflict do nothing
                """).param("hash", hash).param("formula", formula).update();
        jdbc.sql("""
                insert into candidate (search_id, birth, origin, seen, genotype, phenotype_id, fate, screen_stage,
                                       screen_rule, audited)
                select :search, :birth, 'RANDOM', 0, :genotype, id, :fate, :stage, :rule, :stage::text is not null
                from phenotype where hash = :hash
                """).param("search", id).param("birth", birth).param("genotype", TANH)
                .param("fate", stage == null ? "EVALUATED" : "SCREENED").param("stage", stage)
                .param("rule", stage == null ? null : "STACK_GROWTH").param("hash", hash).update();
    }

    /** A candidate as {@link #birth(int, String)} makes one, with this genotype, and born of a mutation. */
    void mutant(int birth, int parent, LayerGraph graph) {
        birth(birth, "mutant-" + birth + " of " + name);
        genotype(birth, graph);
        jdbc.sql("""
                update candidate set origin = 'MUTATION', parent_birth = :parent
                where search_id = :search and birth = :birth
                """).param("search", id).param("birth", birth).param("parent", parent).update();
    }

    void genotype(int birth, LayerGraph graph) {
        jdbc.sql("update candidate set genotype = :genotype where search_id = :search and birth = :birth")
                .param("search", id).param("birth", birth).param("genotype", graph.packed()).update();
    }

    long evaluation(String purpose, int round, @Nullable Integer birth, @Nullable String reference, int replicate,
            boolean audit) {
        return jdbc
                .sql("""
                        insert into evaluation (search_id, purpose, round, birth, reference, genotype, proxy_hash, replicate, seed,
                                                gates, audit, scored_on)
                        values (:search, :purpose, :round, :birth, :reference, :genotype, :proxy, :replicate, 100 + :replicate,
                                false, :audit, 'SEARCH')
                        returning id
                        """)
                .param("search", id).param("purpose", purpose).param("round", round).param("birth", birth)
                .param("reference", reference).param("genotype", TANH)
                .param("proxy", purpose.equals("CONFIRMATION") ? confirming : PROXY)
                .param("replicate", replicate).param("audit", audit).query(Long.class).single();
    }

    void scored(long evaluation, int total, int... correct) {
        outcome(evaluation, "SCORED", null, """
                {"kind": "scored", "scores": [%s]}""".formatted(scores(total, correct)));
        for (int anchor = 0; anchor < correct.length; anchor++) {
            jdbc.sql("insert into anchor_result values (:evaluation, :anchor, :correct, :total, 2.0, :millis)")
                    .param("evaluation", evaluation).param("anchor", anchor).param("correct", correct[anchor])
                    .param("total", total).param("millis", 10.0 + anchor).update();
        }
    }

    void sealed(long evaluation, int total, int... correct) {
        for (int anchor = 0; anchor < correct.length; anchor++) {
            jdbc.sql("insert into sealed_test values (:evaluation, :anchor, :correct, :total)")
                    .param("evaluation", evaluation).param("anchor", anchor).param("correct", correct[anchor])
                    .param("total", total).update();
        }
    }

    void rejected(long evaluation, String stage, String reason, int total, int... audited) {
        outcome(evaluation, "REJECTED", stage, """
                {"kind": "rejected", "soFar": [], "audit": [%s]}""".formatted(scores(total, audited)), reason);
    }

    void failed(long evaluation) {
        outcome(evaluation, "FAILED", null, "{}", "worker-lost");
    }

    private static String scores(int total, int... correct) {
        return String.join(",", Arrays.stream(correct)
                .mapToObj(n -> "{\"correct\": %d, \"total\": %d}".formatted(n, total)).toList());
    }

    private void outcome(long evaluation, String kind, @Nullable String stage, String detail) {
        outcome(evaluation, kind, stage, detail, null);
    }

    private void outcome(long evaluation, String kind, @Nullable String stage, String detail,
            @Nullable String reason) {
        jdbc.sql("""
                insert into outcome (evaluation_id, search_id, kind, stage, reason, detail, steps, audit_steps,
                                     saved_steps, device_ms)
                values (:evaluation, :search, :kind, :stage, :reason, :detail::jsonb, 160, 0, 0, 100)
                """).param("evaluation", evaluation).param("search", id).param("kind", kind).param("stage", stage)
                .param("reason", reason).param("detail", detail).update();
    }

    /** An evolution score that arrives, of 1,000 images an anchor. */
    int arrived(int birth, int... correct) {
        long evaluation = evaluation("EVOLUTION", 0, birth, null, 0, false);
        scored(evaluation, 1000, correct);
        return arrival(birth, evaluation, 1000, correct);
    }

    /** The same for another copy of a phenotype: what its own seed counts, and all counts so far. */
    int arrivedAgain(int birth, int replicate, int[] own, int total, int... pooled) {
        long evaluation = evaluation("EVOLUTION", 0, birth, null, replicate, false);
        scored(evaluation, 1000, own);
        return arrival(birth, evaluation, total, pooled);
    }

    private int arrival(int birth, long evaluation, int total, int... correct) {
        ordinals++;
        jdbc.sql("""
                insert into arrival (search_id, ordinal, birth, evaluation_id, correct, total)
                values (:search, :ordinal, :birth, :evaluation, :correct::integer[], :total::integer[])
                """).param("search", id).param("ordinal", ordinals).param("birth", birth)
                .param("evaluation", evaluation).param("correct", array(Arrays.stream(correct).boxed().toList()))
                .param("total", array(Arrays.stream(correct).mapToObj(_ -> total).toList())).update();
        set("arrivals = " + ordinals);
        return ordinals;
    }

    private static String array(List<Integer> values) {
        return String.join(",", values.stream().map(String::valueOf).toList()).transform("{%s}"::formatted);
    }

    void stands(int birth, int entered, @Nullable Integer left) {
        jdbc.sql(
                "insert into front_stay (search_id, birth, entered, left_at) values (:search, :birth, :entered, :left)")
                .param("search", id).param("birth", birth).param("entered", entered).param("left", left).update();
    }

    void funnel(String stage, String reason, int count, int spent, int saved) {
        jdbc.sql("insert into funnel values (:search, :stage, :reason, :count, :spent, :saved, 0)").param("search", id)
                .param("stage", stage).param("reason", reason).param("count", count).param("spent", spent)
                .param("saved", saved).update();
    }

    void task(long evaluation, boolean picked) {
        jdbc.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values ('evaluate.v2', :instance, now(), :picked, 1)
                """).param("instance", Long.toString(evaluation)).param("picked", picked).update();
    }
}
