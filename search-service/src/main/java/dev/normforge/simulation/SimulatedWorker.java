package dev.normforge.simulation;

import dev.normforge.evolution.Draws;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Outcome.Spent;
import dev.normforge.protocol.Rejection;
import dev.normforge.protocol.SlotLayer;
import dev.normforge.queue.EvaluationQueue;
import dev.normforge.queue.EvaluationTask;
import dev.normforge.queue.WorkerProcess;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes what is due in the scheduler's table and settles it through the real queue, at once: scores and rejections are
 * drawn from phenotype and seed, so every run of a search learns the same.
 */
public final class SimulatedWorker {

    private static final int MILLIS_A_STEP = 10;

    private double slowness = 1;
    private final EvaluationQueue queue;
    private final JdbcClient jdbc;
    private final long id;
    private final Function<EvaluationRequest, @Nullable Outcome> training;
    private final List<Long> trained = new ArrayList<>();

    /** @param training what becomes of a request; null for the usual */
    public SimulatedWorker(DataSource dataSource, Function<EvaluationRequest, @Nullable Outcome> training) {
        this.queue = new EvaluationQueue(dataSource);
        this.jdbc = JdbcClient.create(dataSource);
        this.training = training;
        try {
            this.id = queue.register(
                    new WorkerProcess("simulated-" + UUID.randomUUID().toString().substring(0, 8), "here", 1, "none",
                            "0"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        // Long there, and alive however slow the test is: it has no heartbeat.
        jdbc.sql("""
                update worker set started_at = started_at - interval '1 minute', seen_at = seen_at + interval '1 day'
                 where id = :id""").param("id", id).update();
    }

    public SimulatedWorker(DataSource dataSource) {
        this(dataSource, _ -> null);
    }

    /** From now on a training takes this many times as long. */
    public SimulatedWorker slower(double times) {
        slowness = times;
        return this;
    }

    /** In the table of workers. */
    public long id() {
        return id;
    }

    /** Settles at most {@code most} evaluations. @return how many */
    public int work(int most) {
        int done = 0;
        for (long evaluation : pick(most)) {
            if (!held(evaluation)) {
                settle(evaluation);
                complete(evaluation);
                done++;
            }
        }
        return done;
    }

    private boolean held(long evaluation) {
        try {
            return queue.hold(evaluation);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes tasks as the scheduler does. */
    public List<Long> pick(int most) {
        // Materialized: in a nested loop the limit would be applied anew for every row.
        return jdbc.sql("""
                with due as materialized (
                  select task_name, task_instance from scheduled_tasks where task_name = :task and not picked
                   order by priority desc, execution_time limit :most for update skip locked)
                update scheduled_tasks t set picked = true, picked_by = :worker, version = version + 1
                  from due where t.task_name = due.task_name and t.task_instance = due.task_instance
                returning t.task_instance::bigint""").param("worker", "simulated").param("task", EvaluationTask.NAME)
                .param("most", most).query(Long.class).list();
    }

    /** Evaluations in the order in which they were trained. */
    public List<Long> trained() {
        return List.copyOf(trained);
    }

    /** Trains, reports. */
    public void settle(long evaluation) {
        trained.add(evaluation);
        try {
            var request = queue.load(evaluation).orElseThrow();
            queue.settle(evaluation, id, outcome(request));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes it out of the scheduler's table. */
    public void complete(long evaluation) {
        jdbc.sql("delete from scheduled_tasks where task_name = :task and task_instance = :id")
                .param("task", EvaluationTask.NAME).param("id", Long.toString(evaluation)).update();
    }

    /** What becomes of a request. */
    public Outcome outcome(EvaluationRequest request) {
        var special = training.apply(request);
        if (special != null) {
            return special;
        }
        var proxy = request.proxy();
        long identity = switch (request.layer()) {
            case SlotLayer.Graph(var graph) -> Long.parseUnsignedLong(PhenotypeHash
                    .of(new Simplifier(proxy.numerics()).simplify(graph), proxy.numerics()).hex().substring(0, 16), 16);
            case SlotLayer.Native(var written) -> written.ordinal();
        };
        var layer = new Draws(identity, 0);
        double quality = 0.15 + 0.35 * layer.nextDouble();
        boolean weak = layer.nextDouble() < 0.3;
        int steps = proxy.training().steps() * proxy.anchors().size();
        var scores = scores(request, quality, new Draws(request.seed(), layer.nextLong()));
        if (weak && request.gates()) {
            var reason = new Rejection.HighLoss(proxy.anchors().getFirst().name(), 5, 3.1, 2.4);
            int spent = proxy.training().steps() / 2;
            return request.audit()
                    ? new Outcome.Rejected(reason, List.of(), scores,
                            new Spent(steps, steps - spent, 0, millis(request, steps)))
                    : new Outcome.Rejected(reason, List.of(), List.of(),
                            new Spent(spent, 0, steps - spent, millis(request, spent)));
        }
        return new Outcome.Scored(scores, new Spent(steps, 0, 0, millis(request, steps)));
    }

    /** Scoring included: three batches are evaluated in the time of a step. */
    private long millis(EvaluationRequest request, int steps) {
        int images = request.scoredOn() == ScoredOn.SEARCH
                ? request.proxy().data().search()
                : request.proxy().data().confirm() + 64;
        int test = request.scoredOn() == ScoredOn.CONFIRM_AND_TEST ? 10_000 : 0;
        double scoring = request.proxy().anchors().size() * (images + test) / 3.0
                / request.proxy().training().batch();
        return Math.round(slowness * MILLIS_A_STEP * (steps + scoring));
    }

    private static List<AnchorScore> scores(EvaluationRequest request, double quality, Draws noise) {
        var scores = new ArrayList<AnchorScore>();
        int total = switch (request.scoredOn()) {
            case SEARCH -> request.proxy().data().search();
            case CONFIRM, CONFIRM_AND_TEST -> request.proxy().data().confirm();
            case TEST -> 10_000;
        };
        for (var anchor : request.proxy().anchors()) {
            int correct = (int) (total * (quality + 0.05 * noise.nextDouble()));
            var test = request.scoredOn() == ScoredOn.CONFIRM_AND_TEST
                    ? new AnchorScore.Count((int) (10_000 * quality), 10_000)
                    : null;
            int steps = request.proxy().training().steps();
            scores.add(new AnchorScore(anchor.name(), correct, total, test, 1.5, steps, 10, List.of(),
                    SimulatedMeasurements.of(request, correct, total)));
        }
        return scores;
    }
}
