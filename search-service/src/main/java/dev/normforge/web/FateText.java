package dev.normforge.web;

import dev.normforge.protocol.Failure;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.Rejection;
import dev.normforge.protocol.SearchSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a proposal, and why, in sentences: which rule, what it measured, what it allows, what that saved. */
final class FateText {

    private final SearchSpec spec;

    FateText(SearchSpec spec) {
        this.spec = spec;
    }

    /** Of one that was refused before any training. */
    String refusal(String rule, @Nullable Double value) {
        var strategy = spec.strategy();
        var space = spec.space();
        return switch (rule) {
            case "NO_INPUT" -> "Static rules refused it: its output does not depend on x.";
            case "CONSTANT_OVER_SPACE" ->
                "Static rules refused it: its output is the same at every position of an image.";
            case "CONSTANT_OVER_SAMPLES" ->
                "Static rules refused it: its output is the same for every image of a batch.";
            case "FORBIDDEN_AGGREGATION" ->
                "Static rules refused it: it takes a moment over the batch, and this search forbids that.";
            case "TOO_MANY_OPERATIONS" -> "Static rules refused it: it has %s operations, limit %s.".formatted(
                    whole(value), space.maxOperations());
            case "TOO_MANY_TENSOR_PASSES" ->
                "Static rules refused it: it reads and writes %s full-size tensors, limit %s."
                        .formatted(whole(value), space.maxTensorPasses());
            case "NON_FINITE" ->
                "The numeric probe refused it: on none of its trial inputs were values and gradients finite.";
            case "CONSTANT" ->
                "The numeric probe refused it: in single precision its output is the same for all samples and positions of a channel%s."
                        .formatted(measured(" (widest range %s)", value));
            case "NO_GRADIENT" -> "The numeric probe refused it: next to no gradient reaches its input%s."
                    .formatted(measured(" (largest share %s)", value));
            case "TOO_MANY_COPIES" ->
                "It is a layer that the search knows, with %s %s: limit %s.".formatted(whole(value),
                        strategy.seenBefore() == SearchSpec.Strategy.SeenBefore.MUTATE_AGAIN
                                ? "orders to train it"
                                : "copies in the window",
                        strategy.seenBefore() == SearchSpec.Strategy.SeenBefore.MUTATE_AGAIN
                                ? 1
                                : strategy.copiesPerPhenotype());
            case "TOO_MANY_ALIKE" ->
                "%s other layers that were ordered do the same at initialisation: limit %d.".formatted(
                        whole(value), strategy.copiesPerInitialBehaviour());
            case "IN_TRAINING" ->
                "All %s trainings of its phenotype are ordered and none has ended: there was nothing to inherit."
                        .formatted(whole(value));
            default -> stack(rule, value, spec.screen().stack());
        };
    }

    private static String stack(String rule, @Nullable Double value, SearchSpec.@Nullable Stack limits) {
        if (limits == null) {
            return "Refused by %s%s.".formatted(words(rule), measured(", which measured %s", value));
        }
        return switch (rule) {
            case "STACK_NON_FINITE" -> "The stack probe refused it: ten copies in a row do not stay finite.";
            case "STACK_GROWTH" ->
                "The stack probe refused it: ten copies in a row change the signal's size by %s decades, limits %s to %s."
                        .formatted(number(value), number(limits.minGrowth()), number(limits.maxGrowth()));
            case "STACK_GRADIENT" ->
                "The stack probe refused it: through ten copies the gradient's size changes by %s decades, limits %s to %s."
                        .formatted(number(value), number(limits.minGradientRatio()), number(limits.maxGradientRatio()));
            case "STACK_INDISTINCT" ->
                "The stack probe refused it: after ten copies only a share of %s of the signal's power tells samples or positions apart, limit %s."
                        .formatted(number(value), number(limits.minPowerShare()));
            default -> "Refused by %s%s.".formatted(words(rule), measured(", which measured %s", value));
        };
    }

    /** Of a training. */
    List<String> outcome(Outcome outcome) {
        var sentences = new ArrayList<String>();
        switch (outcome) {
            case Outcome.Scored _ -> sentences.add("Trained to the end on every anchor.");
            case Outcome.Failed(var reason, var _) -> sentences.add(failure(reason));
            case Outcome.Rejected(var reason, var soFar, var audit, var spent) -> {
                sentences.add(rejection(reason));
                sentences.add(soFar.isEmpty()
                        ? "No anchor was trained to the end before."
                        : "Trained to the end before: %s.".formatted(
                                String.join(", ", soFar.stream().map(score -> score.anchor()).toList())));
                sentences.add(audit.isEmpty()
                        ? saved(spent)
                        : "It was trained to the end all the same, %d more steps, to see whether that was a mistake."
                                .formatted(spent.auditSteps()));
            }
        }
        return sentences;
    }

    private String rejection(Rejection reason) {
        int steps = spec.proxy().training().steps();
        var stability = spec.proxy().rejections().stability();
        return switch (reason) {
            case Rejection.Unstable(int step, double norm) ->
                "The stability test rejected it: at ascent step %d of %d the gradient's norm was %s, limit %s."
                        .formatted(
                                step, stability.steps(), norm == Double.MAX_VALUE ? "not finite" : number(norm),
                                number(stability.limit()));
            case Rejection.HighLoss(var anchor, int step, double loss, double limit) ->
                "The quality gate of %s rejected it at step %d of %d: the mean of the last five losses was %s, limit %s."
                        .formatted(anchor, step, steps, number(loss), number(limit));
            case Rejection.LowAccuracy(var anchor, int step, int correct, int total, double required) ->
                "The quality gate of %s rejected it at step %d of %d: %d of %d images right, %.1f %%, at least %.1f %% needed."
                        .formatted(anchor, step, steps, correct, total, 100.0 * correct / total, 100 * required);
            case Rejection.NotFinite(var anchor, int step) ->
                "Its loss on %s was not finite, or beyond what comes back, at step %d of %d.".formatted(anchor, step,
                        steps);
            case Rejection.TooSlow(var anchor, double times, double limit) ->
                "Too slow: a step on %s took %s times as long as with bn-relu, limit %s.".formatted(anchor,
                        number(times), number(limit));
        };
    }

    private String saved(Outcome.Spent spent) {
        long full = (long) spec.proxy().training().steps() * spec.proxy().anchors().size();
        return "%d steps were spent, %d of %d (%.0f %%) saved.".formatted(spent.steps(), spent.savedSteps(), full,
                100.0 * spent.savedSteps() / full);
    }

    private static String failure(Failure reason) {
        return "Nothing was learned about it: " + switch (reason) {
            case Failure.WorkerLost(int times) -> "%d workers were lost while they trained it.".formatted(times);
            case Failure.WorkerCrashed(int times, var exit) ->
                "%d workers crashed while they trained it, the last with %s.".formatted(times, exit);
            case Failure.OutOfMemory(var what) -> "no room in memory: %s.".formatted(what);
            case Failure.DataUnavailable(var what) -> "the images could not be read: %s.".formatted(what);
            case Failure.EngineError(var what) -> "the engine refused an operation: %s.".formatted(what);
            case Failure.Cancelled _ -> "the search was cancelled first.";
        };
    }

    private static String measured(String format, @Nullable Double value) {
        return value == null ? "" : format.formatted(number(value));
    }

    private static String whole(@Nullable Double value) {
        return value == null ? "several" : String.valueOf(Math.round(value));
    }

    /** Three significant digits. */
    private static String number(@Nullable Double value) {
        if (value == null) {
            return "unknown";
        }
        double size = Math.abs(value);
        return size != 0 && (size < 0.01 || size >= 10_000)
                ? String.format(Locale.ROOT, "%.2e", value)
                : new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros()
                        .toPlainString();
    }

    private static String words(String rule) {
        return rule.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
