package dev.normforge.screening;

import dev.normforge.graph.Formula;
import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.protocol.AnchorScore;
import dev.normforge.protocol.EvaluationRequest;
import dev.normforge.protocol.Outcome;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.protocol.SearchSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Trains what the numeric probe refuses, to show that nothing was lost: which layers, the requests for a worker, and what
 * its answers say.
 */
public final class ProbeAudit {

    /** A layer counts as saved if it is this many standard errors of chance above chance. */
    static final double STANDARD_ERRORS = 4;

    /** Proposals of a drifting search among which refusals are looked for: it refuses about one in a hundred. */
    private static final int DRIFTING = 200_000;

    /** Who proposed a layer: nobody but chance, or a search whose scores are drawn by lot. */
    public enum Source {
        SEARCH, RANDOM
    }

    /** A layer that the static rules let through and the numeric probe refuses. */
    public record Refusal(LayerGraph graph, Source source, String formula, Verdict.Rule rule, double value) {

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
     * @param sources distinct layers answered for, by who proposed them
     * @param refusals the same, by rule
     * @param scored trainings that came to their end
     * @param notFinite trainings that did not stay finite: none right
     * @param unanswered trainings of which nothing was learned
     * @param highest the highest accuracy, in standard errors of chance above chance; NaN where none was scored
     * @param saved must be empty
     */
    public record Summary(Map<Source, Long> sources, Map<Verdict.Rule, Long> refusals, int scored, int notFinite,
            int unanswered, double highest,
            List<Saved> saved) {
        public Summary {
            sources = Collections.unmodifiableMap(new TreeMap<>(sources));
            refusals = Collections.unmodifiableMap(new TreeMap<>(refusals));
            saved = List.copyOf(saved);
        }
    }

    private ProbeAudit() {
    }

    /**
     * The first {@code count} distinct refusals of this seed: half among what its search proposes, as far as that holds
     * them, the others among random graphs.
     *
     * @throws IllegalStateException if two million random graphs do not hold that many
     */
    public static List<Refusal> refusals(SearchSpec spec, int count) {
        var screening = new Screening(spec.space(), new SearchSpec.Screen(null), spec.proxy().numerics());
        var seen = new HashSet<PhenotypeHash>();
        var found = new ArrayList<Refusal>();
        refused(DistinctLayers.among(DriftingLayers.of(spec, DRIFTING), screening, seen), screening, Source.SEARCH)
                .limit(count / 2).forEach(found::add);
        var random = DistinctLayers.random(spec.space(), spec.seed());
        refused(DistinctLayers.among(random, screening, seen), screening, Source.RANDOM).limit(count - found.size())
                .forEach(found::add);
        if (found.size() < count) {
            throw new IllegalStateException("the numeric probe refuses %d layers of this space, expected %d"
                    .formatted(found.size(), count));
        }
        return found;
    }

    private static Stream<Refusal> refused(Stream<DistinctLayers.Layer> layers, Screening screening, Source source) {
        return layers.mapMulti((layer, next) -> {
            if (screening.byProbe(layer.subject()) instanceof Verdict.Refused(var subject, var rule, double value)) {
                next.accept(new Refusal(layer.graph(), source, Formula.of(subject.phenotype()), rule, value));
            }
        });
    }

    /** @param classes of the data set */
    public static Summary summary(List<Answer> answers, int classes) {
        var sources = new EnumMap<Source, Long>(Source.class);
        var refusals = new EnumMap<Verdict.Rule, Long>(Verdict.Rule.class);
        answers.stream().map(Answer::refusal).distinct().forEach(refusal -> {
            sources.merge(refusal.source(), 1L, Long::sum);
            refusals.merge(refusal.rule(), 1L, Long::sum);
        });
        var saved = answers.stream().flatMap(answer -> scores(answer.outcome())
                .filter(score -> aboveChance(score, classes) > STANDARD_ERRORS)
                .map(score -> new Saved(answer.refusal(), score))).toList();
        double highest = answers.stream().flatMap(answer -> scores(answer.outcome()))
                .mapToDouble(score -> aboveChance(score, classes)).max().orElse(Double.NaN);
        return new Summary(sources, refusals, count(answers, outcome -> finite(outcome)),
                count(answers, outcome -> !(outcome instanceof Outcome.Failed) && !finite(outcome)),
                count(answers, Outcome.Failed.class::isInstance), highest, saved);
    }

    private static int count(List<Answer> answers, Predicate<Outcome> kind) {
        return (int) answers.stream().filter(answer -> kind.test(answer.outcome())).count();
    }

    /** A worker counts none right where a training did not stay finite; guessing gets a tenth of the images. */
    private static boolean finite(Outcome outcome) {
        return outcome instanceof Outcome.Scored(var scores, var _)
                && scores.stream().allMatch(score -> score.correct() > 0);
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
