package dev.normforge.worker.training;

import dev.normforge.protocol.AnchorScore.Count;
import dev.normforge.protocol.BatchStatistics;
import dev.normforge.protocol.Measured;
import dev.normforge.protocol.Measured.EvaluationPoint;
import dev.normforge.protocol.Measured.ReadingScore;
import dev.normforge.protocol.Observation;
import dev.normforge.protocol.Observation.Reading;
import dev.normforge.worker.data.Images;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A training with what its observation asks for: counts during training, and readings of the trained network. */
public final class ObservedRun implements AutoCloseable {

    private static final Observation NOTHING = new Observation(List.of(), 0);

    private final TrainingRun run;
    private final @Nullable Observation asked;
    private final Observation observation;
    private final Images.Range scored;
    private final Runnable alive;
    private final List<Integer> pointSteps;
    private final Map<Integer, Tally> points = new HashMap<>();
    private final Map<Counting.Query, Tally> counted = new HashMap<>();
    private int countedAt = -1;

    /**
     * @param run that nothing has advanced yet; closed with this
     * @param scored images that its score counts
     * @param alive is told of every batch that is looked at
     */
    public ObservedRun(TrainingRun run, Images.Range scored, Runnable alive) {
        this.run = run;
        this.asked = run.setup().observation();
        this.observation = asked == null ? NOTHING : asked;
        this.scored = scored;
        this.alive = alive;
        int steps = run.setup().proxy().training().steps();
        int count = observation.evaluations();
        this.pointSteps = IntStream.rangeClosed(1, count)
                .map(point -> (int) Math.max(1, Math.round((double) steps * point / count))).distinct().boxed()
                .toList();
    }

    /** As the run, with a count wherever one is due. */
    public void advanceTo(int step, StepListener onStep) {
        for (int point : pointSteps) {
            if (point <= step && !points.containsKey(point)) {
                run.advanceTo(point, onStep);
                if (run.step() == point && run.finite()) {
                    points.put(point, count(score()));
                }
            }
        }
        run.advanceTo(step, onStep);
    }

    public TrainingRun run() {
        return run;
    }

    /** What the score counts; 0 where the loss did not stay finite. */
    public Count scoreCount() {
        return tally(score()).count();
    }

    /**
     * What was asked for, after the last step; null where nothing was, of a classifier. Where the loss did not stay finite,
     * nothing is right from then on.
     */
    public @Nullable Measured measured() {
        if (asked == null && !run.setup().task().degrades()) {
            return null;
        }
        return new Measured(run.model().network().size(), tally(score()).psnr(),
                observation.readings().stream().map(this::read).toList(),
                pointSteps.stream().filter(point -> points.containsKey(point) || !run.finite()).map(this::point)
                        .toList());
    }

    private ReadingScore read(Reading reading) {
        int train = Math.min(scored.count(), run.setup().proxy().data().train());
        var range = switch (reading.images()) {
            case TRAIN -> new Images.Range(0, train);
            case SCORED -> scored;
        };
        var statistics = reading.statistics() == null ? ofTheScore() : reading.statistics();
        var tally = tally(new Counting.Query(new View(range, reading.corruption()), statistics, reading.adapted()));
        return new ReadingScore(reading.name(), tally.correct(), tally.total(), tally.psnr());
    }

    private EvaluationPoint point(int step) {
        var known = points.get(step);
        var tally = known == null ? run.setup().task().nothing(scored.count()) : known;
        return new EvaluationPoint(step, tally.correct(), tally.total(), tally.psnr());
    }

    private Counting.Query score() {
        return new Counting.Query(new View(scored, null), ofTheScore(), false);
    }

    private BatchStatistics ofTheScore() {
        return run.setup().proxy().statistics();
    }

    private Tally tally(Counting.Query query) {
        return run.finite() ? count(query) : run.setup().task().nothing(query.view().range().count());
    }

    /** Each question is answered once a step. */
    private Tally count(Counting.Query query) {
        if (countedAt != run.step()) {
            counted.clear();
            countedAt = run.step();
        }
        if (asked == null) {
            return counted.computeIfAbsent(query, this::look);
        }
        return counted.computeIfAbsent(run.counting().essence(query), this::look);
    }

    private Tally look(Counting.Query query) {
        return run.counting().count(query, run.step(), alive);
    }

    @Override
    public void close() {
        run.close();
    }
}
