package dev.normforge.screening;

import dev.normforge.graph.Formula;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.Numerics;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SearchSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Trains what the numeric probe refuses, to show that nothing was lost: which layers, the requests for a worker, and what
 * its answers say.
 */
public final class ProbeAudit {

    /** A layer counts as saved if it is this many standard errors of chance above chance. */
    static final double STANDARD_ERRORS = 4;

    /** A layer that the static rules let through and the numeric probe refuses. */
    public record Refusal(LayerGraph graph, String formula, Verdict.Rule rule, double value) {

        /** One request an anchor, so that an anchor that does not stay finite hides no other. All rejections are off. */
        public List<EvaluationRequest> requests(ProxySpec proxy, long seed) {
            var whole = new EvaluationRequest(0, graph, proxy, seed, false, false, null,
                    EvaluationRequest.ScoredOn.SEARCH);
            return proxy.anchors().stream().map(anchor -> whole.onAnchors(List.of(anchor))).toList();
        }
    }

    /** What became of a refusal on one anchor. */
    public record Answer(Refusal refusal, Outcome outcome) {
    }

    /** A score above chance + 4 standard errors: a layer that the probe should have let through. */
    public record Saved(Refusal refusal, AnchorScore score) {
    }

    /**
     * What training them showed.
     *
     * @param refusals distinct layers answered for, by rule
     * @param scored trainings that came to their end
     * @param notFinite trainings that did not stay finite
     * @param unanswered trainings of which nothing was learned
     * @param highest the highest accuracy, in standard errors of chance above chance; NaN where none was scored
     * @param saved must be empty
     */
    public record Summary(Map<Verdict.Rule, Long> refusals, int scored, int notFinite, int unanswered, double highest,
            List<Saved> saved) {
        public Summary {
            refusals = Map.copyOf(refusals);
            saved = List.copyOf(saved);
        }
    }

    private ProbeAudit() {
    }

    /**
     * The first {@code count} distinct refusals among the random graphs of this seed.
     *
     * @throws IllegalStateException if two million random graphs do not hold that many
     */
    public static List<Refusal> refusals(SearchSpec.Space space, Numerics numerics, long seed, int count) {
        var screening = new Screening(space, new SearchSpec.Screen(null), numerics);
        var found = DistinctLayers.of(screening, space, seed).<Refusal>mapMulti((layer, next) -> {
            if (screening.byProbe(layer.subject()) instanceof Verdict.Refused(var subject, var rule, double value)) {
                next.accept(new Refusal(layer.graph(), Formula.of(subject.phenotype()), rule, value));
            }
        }).limit(count).toList();
        if (found.size() < count) {
            throw new IllegalStateException("the numeric probe refuses %d layers of this space, expected %d"
                    .formatted(found.size(), count));
        }
        return found;
    }

    /** @param classes of the data set */
    public static Summary summary(List<Answer> answers, int classes) {
        var refusals = new EnumMap<Verdict.Rule, Long>(Verdict.Rule.class);
        answers.stream().map(Answer::refusal).distinct()
                .forEach(refusal -> refusals.merge(refusal.rule(), 1L, Long::sum));
        var saved = answers.stream().flatMap(answer -> scores(answer.outcome())
                .filter(score -> aboveChance(score, classes) > STANDARD_ERRORS)
                .map(score -> new Saved(answer.refusal(), score))).toList();
        double highest = answers.stream().flatMap(answer -> scores(answer.outcome()))
                .mapToDouble(score -> aboveChance(score, classes)).max().orElse(Double.NaN);
        return new Summary(refusals, count(answers, Outcome.Scored.class), count(answers, Outcome.Rejected.class),
                count(answers, Outcome.Failed.class), highest, saved);
    }

    private static int count(List<Answer> answers, Class<? extends Outcome> kind) {
        return (int) answers.stream().filter(answer -> kind.isInstance(answer.outcome())).count();
    }

    private static Stream<AnchorScore> scores(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Scored(var scores, var _) -> scores.stream();
            case Outcome.Rejected(var _, var soFar, var audit, var _) -> Stream.concat(soFar.stream(), audit.stream());
            case Outcome.Failed _ -> Stream.empty();
        };
    }

    /** Accuracy above chance, in standard errors of chance. */
    static double aboveChance(AnchorScore score, int classes) {
        double chance = 1.0 / classes;
        return (score.accuracy() - chance) / Math.sqrt(chance * (1 - chance) / score.total());
    }
}
