package dev.normforge.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.graph.Cost;
import dev.normforge.graph.Elementwise;
import dev.normforge.graph.Layer;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Node;
import dev.normforge.graph.Numerics;
import dev.normforge.report.Audit;
import dev.normforge.report.Calibration;
import dev.normforge.report.Interval;
import dev.normforge.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A search of the laptop preset as rows, made by SQL: three anchors, 1,920 search images. */
final class StoredSearch {

    static final int IMAGES = 1920;
    private static final byte[] SILU = LayerGraph.of(Node.of(Elementwise.SIGMOID, LayerGraph.X),
            Node.of(Elementwise.MUL, LayerGraph.X, LayerGraph.INPUTS)).packed();
    private static final byte[] PROXY = new byte[32];
    private static final List<String> ANCHORS = List.of("resnet", "mobilenetv2", "efficientnet");
    private static final AtomicInteger NAMES = new AtomicInteger();

    final JdbcClient jdbc;
    final String name;
    private final String data;
    final long id;
    private int births;
    private int ordinals;

    StoredSearch(JdbcClient jdbc, String data) {
        this.jdbc = jdbc;
        this.data = data;
        this.name = "stored-" + NAMES.incrementAndGet();
        jdbc.sql("insert into proxy (hash, spec) values (:hash, '{}') on conflict do nothing").param("hash", PROXY)
                .update();
        id = jdbc.sql("""
                insert into search (name, preset, spec, seed, data, evolution, simplifier)
                values (:name, 'laptop', :spec::jsonb, 1, :data, 1, 1) returning id
                """).param("name", name).param("spec", laptop()).param("data", data).query(Long.class).single();
    }

    static String laptop() {
        try (var resource = StoredSearch.class.getResourceAsStream("/presets/laptop.json")) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path() {
        return "/api/v1/searches/" + name;
    }

    void set(String assignments) {
        jdbc.sql("update search set " + assignments + " where id = :id").param("id", id).update();
    }

    /** What clients see as a change. */
    void ring() {
        set("revision = revision + 1");
    }

    void calibrated(double... means) {
        var names = List.of("bn-relu", "gn-relu", "evonorm-s0", "affine-relu");
        var references = new java.util.ArrayList<Calibration.Baseline>();
        for (int i = 0; i < means.length; i++) {
            references.add(new Calibration.Baseline(names.get(i), 3, 0, around(means[i], 0.012),
                    List.of(around(means[i] + 0.03, 0.02), around(means[i] - 0.02, 0.02), around(means[i], 0.02)),
                    List.of(9.0, 8.0, 9.5)));
        }
        var calibration = new Calibration(ANCHORS, new Calibration.Noise(List.of(0.012, 0.011, 0.012), 0.008, 8),
                references, new Calibration.Separation(Calibration.Separation.Answer.YES, 0.14, 9.1,
                        "This proxy tells normalization from none."));
        jdbc.sql("update search set calibration = :json::jsonb, phase = 'EVOLUTION' where id = :id")
                .param("json", calibration.json()).param("id", id).update();
    }

    /** Finished, with a layer that was confirmed beside two references. */
    void finished(int birth, String formula) {
        var silu = new Layer(LayerGraph.unpacked(SILU), new Numerics(4, 1e-5));
        var confirmed = entry("birth-" + birth, birth, formula, silu, 0.53);
        var references = List.of(entry("bn-relu", null, "max(v1 * (x - mean_bwh(x)) / std_bwh(x) + v0, 0)", silu, 0.52),
                entry("evonorm-s0", null, "x * sigmoid(v1 * x) / std_whc/g(x)", silu, 0.5));
        var report = new Report(name, 1, "laptop", data, null, List.of(), new Audit(null, List.of()),
                List.of(confirmed), List.of(confirmed), references, "COMPLETED", null, null, new Report.Versions(1, 1),
                "1 of 1 confirmed layers is as good as BN-ReLU; none is better beyond noise.");
        jdbc.sql(
                """
                        update search set phase = 'FINISHED', ending = 'COMPLETED', report = :report::jsonb, revision = revision + 1
                        where id = :id
                        """)
                .param("report", report.json()).param("id", id).update();
    }

    private static Report.Entry entry(String layer, @Nullable Integer birth, String formula, Layer graph, double mean) {
        var beyond = birth == null ? null : around(0.01, 0.015);
        return new Report.Entry(layer, birth, formula, graph, new Cost(2, 5, 2), List.of(), around(mean - 0.1, 0.02),
                around(mean, 0.012), around(mean - 0.005, 0.011), beyond, beyond, null);
    }

    private static Interval around(double mean, double half) {
        return new Interval(mean, mean - half, mean + half);
    }

    /** A proposal that was handed to a worker. */
    int born(String formula, @Nullable Integer parent) {
        return born(formula, parent, null);
    }

    int screened(String formula) {
        return born(formula, null, "CONSTANT_OVER_SPACE");
    }

    private int born(String formula, @Nullable Integer parent, @Nullable String rule) {
        var hash = Arrays.copyOf(formula.getBytes(UTF_8), 32);
        jdbc.sql("""
                insert into phenotype (simplifier, hash, formula, operations, tensor_passes, parameters_per_channel,
                                       batch_statistics)
                values (1, :hash, :formula, 2, 5, 2, false) on conflict do nothing
                """).param("hash", hash).param("formula", formula).update();
        jdbc.sql(
                """
                        insert into candidate (search_id, birth, origin, parent_birth, seen, genotype, phenotype_id, fate, screen_stage,
                                               screen_rule, screen_value)
                        select :search, :birth, :origin, :parent, 0, :genotype, id, :fate, :stage, :rule, :value
                        from phenotype where hash = :hash
                        """)
                .param("search", id).param("birth", births).param("origin", parent == null ? "RANDOM" : "MUTATION")
                .param("parent", parent).param("genotype", SILU).param("fate", rule == null ? "EVALUATED" : "SCREENED")
                .param("stage", rule == null ? null : "STATIC").param("rule", rule)
                .param("value", rule == null ? null : Double.NaN).param("hash", hash).update();
        set("births = " + (births + 1));
        return births++;
    }

    long ordered(int birth) {
        return jdbc
                .sql("""
                        insert into evaluation (search_id, purpose, birth, genotype, proxy_hash, replicate, seed, gates, audit, scored_on)
                        values (:search, 'EVOLUTION', :birth, :genotype, :proxy, 0, 7, true, false, 'SEARCH') returning id
                        """)
                .param("search", id).param("birth", birth).param("genotype", SILU).param("proxy", PROXY)
                .query(Long.class).single();
    }

    /** Trains a birth to the end with these accuracies; it arrives. */
    int arrives(int birth, double... accuracies) {
        var correct = Arrays.stream(accuracies).mapToInt(accuracy -> (int) Math.round(accuracy * IMAGES)).boxed()
                .toList();
        long evaluation = settled(birth, "SCORED", null, null);
        return arrival(birth, evaluation, array(correct), array(correct.stream().map(_ -> IMAGES).toList()));
    }

    int rejected(int birth) {
        return arrival(birth, settled(birth, "REJECTED", "QUALITY", "high-loss"), null, null);
    }

    /** Given up after its first anchor, which counted so many of {@link #IMAGES}. */
    int rejectedAfterResnet(int birth, int correct) {
        int ordinal = rejected(birth);
        jdbc.sql("""
                update outcome set detail = :detail::jsonb where evaluation_id =
                  (select evaluation_id from arrival where search_id = :search and ordinal = :ordinal)
                """).param("search", id).param("ordinal", ordinal)
                .param("detail", """
                        {"reason": {"reason": "high-loss", "anchor": "mobilenetv2"},
                         "soFar": [{"anchor": "resnet", "correct": %d, "total": %d}]}""".formatted(correct, IMAGES))
                .update();
        return ordinal;
    }

    private long settled(int birth, String kind, @Nullable String stage, @Nullable String reason) {
        long evaluation = ordered(birth);
        jdbc.sql(
                """
                        insert into outcome (evaluation_id, search_id, kind, stage, reason, detail, steps, audit_steps, saved_steps,
                                             device_ms, absorbed)
                        values (:evaluation, :search, :kind, :stage, :reason, '{"spent": {"steps": 240}}', 240, 0, 0, 900, true)
                        """)
                .param("evaluation", evaluation).param("search", id).param("kind", kind).param("stage", stage)
                .param("reason", reason).update();
        return evaluation;
    }

    private int arrival(int birth, long evaluation, @Nullable String correct, @Nullable String total) {
        ordinals++;
        jdbc.sql("""
                insert into arrival (search_id, ordinal, birth, evaluation_id, correct, total)
                values (:search, :ordinal, :birth, :evaluation, :correct::integer[], :total::integer[])
                """).param("search", id).param("ordinal", ordinals).param("birth", birth)
                .param("evaluation", evaluation).param("correct", correct).param("total", total).update();
        set("arrivals = " + ordinals);
        return ordinals;
    }

    private static String array(List<Integer> values) {
        return "{" + String.join(",", values.stream().map(String::valueOf).toList()) + "}";
    }

    void stands(int birth, int entered) {
        jdbc.sql("insert into front_stay (search_id, birth, entered) values (:search, :birth, :entered)")
                .param("search", id).param("birth", birth).param("entered", entered).update();
    }

    void leaves(int birth, int left) {
        jdbc.sql("update front_stay set left_at = :left where search_id = :search and birth = :birth")
                .param("search", id).param("birth", birth).param("left", left).update();
    }

    void funnel(String stage, String reason, int count, int spent, int saved) {
        jdbc.sql("insert into funnel values (:search, :stage, :reason, :count, :spent, :saved, 0)").param("search", id)
                .param("stage", stage).param("reason", reason).param("count", count).param("spent", spent)
                .param("saved", saved).update();
    }

    void volume(int ordinal, int members, double hypervolume) {
        jdbc.sql("insert into front_size values (:search, :ordinal, :members, :hypervolume)").param("search", id)
                .param("ordinal", ordinal).param("members", members).param("hypervolume", hypervolume).update();
    }

    /** Counts traits and anchors, as the coordinator does. */
    void counted() {
        jdbc.sql("select recount(:search)").param("search", id).query((_, _) -> true).list();
    }

    void worker(String name, long evaluation) {
        jdbc.sql("""
                insert into worker (name, host, pid, device, version, evaluation_id, anchor, step, steps)
                values (:name, 'lab-1', 4711, 'cpu, 1 thread', 'test', :evaluation, 1, 33, 80) on conflict do nothing
                """).param("name", name).param("evaluation", evaluation).update();
    }
}
