package dev.normforge.comparison;

import dev.normforge.comparison.ComparisonPlan.PlannedTraining;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Measured;
import dev.normforge.protocol.Measured.ReadingScore;
import dev.normforge.protocol.Observation.Reading;
import dev.normforge.protocol.Outcome;
import dev.normforge.queue.Reasons;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of one training so far, by seed.
 *
 * @param scores of its only anchor, for every seed whose run was trained to the end or diverged
 * @param failures of runs that nobody learned anything from, in words
 */
record TrainingRuns(PlannedTraining training, Map<Long, AnchorScore> scores, Map<Long, String> failures) {

    TrainingRuns(PlannedTraining training) {
        this(training, new TreeMap<>(), new TreeMap<>());
    }

    /** Takes one in. A run that was given up before it ended is neither a score nor a failure. */
    void add(long seed, Outcome outcome) {
        switch (outcome) {
            case Outcome.Scored(var scores, var _) -> score(seed, scores.getFirst());
            case Outcome.Rejected(var reason, var _, var _, var _) ->
                failures.put(seed, "rejected: " + Reasons.of(reason));
            case Outcome.Failed(Failure.Cancelled(), var _) -> {
                // A note counts it.
            }
            case Outcome.Failed(var reason, var _) -> failures.put(seed, Reasons.words(reason));
        }
    }

    private void score(long seed, AnchorScore score) {
        var lacking = lacking(score.measured());
        if (lacking.isEmpty()) {
            scores.put(seed, score);
        } else {
            failures.put(seed, "its worker did not count " + String.join(", ", lacking));
        }
    }

    /** A worker of another version may leave out what it does not know. */
    private List<String> lacking(@Nullable Measured measured) {
        if (measured == null) {
            return List.of("anything but the score");
        }
        var counted = measured.readings().stream().map(ReadingScore::name).collect(Collectors.toSet());
        return training.observation().readings().stream().map(Reading::name).filter(name -> !counted.contains(name))
                .toList();
    }

    /** Runs that stopped before their last step, since nothing finite was left. */
    long diverged() {
        int steps = training.proxy().training().steps();
        return scores.values().stream().filter(score -> score.steps() < steps).count();
    }
}
