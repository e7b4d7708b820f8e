package dev.normforge.worker;

import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Rejection;
import dev.normforge.queue.Reasons;
import dev.normforge.worker.gate.Evaluate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code evaluate} prints.
 *
 * @param layer as it was given
 * @param outcome {@code scored}, {@code rejected} or {@code failed}
 * @param reason why it was rejected or failed, in words; null for scored
 * @param ignored what the gates would have said, in words
 */
record EvaluationResult(String layer, long seed, String data, String outcome, @Nullable String reason,
        List<Anchor> anchors, List<String> ignored) {

    /** One anchor that was trained to its end. */
    record Anchor(String anchor, int correct, int total, int steps, double seconds) {
    }

    static EvaluationResult of(String layer, long seed, String data, Evaluate.Judged judged, List<Double> seconds) {
        var ignored = judged.ignored().stream().map(EvaluationResult::words).toList();
        return switch (judged.outcome()) {
            case Outcome.Scored(var scores, var _) ->
                new EvaluationResult(layer, seed, data, "scored", null, anchors(scores, seconds), ignored);
            case Outcome.Rejected(var reason, var soFar, var _, var _) -> new EvaluationResult(layer, seed, data,
                    "rejected", words(reason), anchors(soFar, seconds), ignored);
            case Outcome.Failed(var reason, var _) -> new EvaluationResult(layer, seed, data, "failed",
                    Reasons.of(reason) + ": " + Reasons.words(reason), List.of(), ignored);
        };
    }

    private static List<Anchor> anchors(List<AnchorScore> scores, List<Double> seconds) {
        return IntStream.range(0, scores.size()).mapToObj(i -> {
            var score = scores.get(i);
            return new Anchor(score.anchor(), score.correct(), score.total(), score.steps(),
                    Math.round(seconds.get(i) * 1000) / 1000.0);
        }).toList();
    }

    static String words(Rejection rejection) {
        return Reasons.of(rejection) + ": " + switch (rejection) {
            case Rejection.Unstable(var step, var norm) ->
                format("gradient norm %.3g at ascent step %d", norm, step);
            case Rejection.HighLoss(var anchor, var step, var loss, var limit) ->
                format("loss %.3f at step %d of %s, at most %.3f allowed", loss, step, anchor, limit);
            case Rejection.LowAccuracy(var anchor, var step, var correct, var total, var required) ->
                format("%.1f %% right at step %d of %s, at least %.1f %% required", 100.0 * correct / total, step,
                        anchor, 100 * required);
            case Rejection.NotFinite(var anchor, var step) ->
                format("the loss was not finite, or above 10000, at step %d of %s", step, anchor);
            case Rejection.TooSlow(var anchor, var times, var limit) ->
                format("a step of %s took %.1f times BN-ReLU's, at most %.1f allowed", anchor, times, limit);
        };
    }

    /** A table for people. */
    String text(String formula) {
        var lines = new ArrayList<String>();
        lines.add("%s  %s".formatted(layer, formula));
        lines.add("seed %d, %s, %s".formatted(seed, data, reason == null ? outcome : outcome + ": " + reason));
        if (!anchors.isEmpty()) {
            lines.add(
                    format("%-14s %8s %8s %9s %7s %8s", "anchor", "correct", "total", "accuracy", "steps", "seconds"));
        }
        for (var row : anchors) {
            lines.add(format("%-14s %8d %8d %7.1f %% %7d %8.1f", row.anchor(), row.correct(), row.total(),
                    100.0 * row.correct() / row.total(), row.steps(), row.seconds()));
        }
        if (anchors.size() > 1) {
            double mean = anchors.stream().mapToDouble(row -> (double) row.correct() / row.total()).average().orElse(0);
            lines.add(format("%-14s %8s %8s %7.1f %%", "mean", "", "", 100 * mean));
        }
        for (var rejection : ignored) {
            lines.add("a search would have rejected it: " + rejection);
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
