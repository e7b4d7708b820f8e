package dev.normforge.search;

import dev.normforge.evolution.Evolution;
import dev.normforge.graph.PhenotypeHash;
import dev.normforge.graph.Simplifier;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.protocol.SearchSpec.Strategy.SeenBefore;
import dev.normforge.screening.Screening;
import dev.normforge.screening.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The next birth of a search and what becomes of it: a pure function of the specification and of what is known, used by the
 * coordinator and by replay.
 */
final class Proposing {

    /** The phenotype is known and may not be trained or inherited again. */
    static final String TOO_MANY_COPIES = "TOO_MANY_COPIES";
    /** Too many phenotypes do the same at initialisation. */
    static final String TOO_MANY_ALIKE = "TOO_MANY_ALIKE";
    /** Every replicate of the phenotype is ordered and none has arrived: there is nothing to inherit yet. */
    static final String IN_TRAINING = "IN_TRAINING";
    static final String SEEN = "SEEN";

    private final SearchSpec spec;
    private final Evolution evolution;
    private final Screening screening;
    private final Simplifier simplifier;

    Proposing(SearchSpec spec) {
        this.spec = spec;
        this.evolution = new Evolution(spec.space(), spec.strategy(), spec.seed());
        this.screening = new Screening(spec.space(), spec.screen(), spec.proxy().numerics());
        this.simplifier = new Simplifier(spec.proxy().numerics());
    }

    /** Steps of a training on every anchor. */
    long fullSteps() {
        return (long) spec.proxy().training().steps() * spec.proxy().anchors().size();
    }

    Birth next(Knowledge knowledge) {
        var proposal = evolution.propose(knowledge.births(), knowledge.window(), graph -> knowledge
                .known(PhenotypeHash.of(simplifier.simplify(graph), spec.proxy().numerics())));
        var verdict = screening.screen(proposal.graph());
        boolean drawn = proposal.coin() < spec.auditShare();
        var decision = switch (verdict) {
            case Verdict.Refused(var subject, var rule, double value) ->
                refuse(subject, rule, value, drawn, knowledge);
            case Verdict.Passed(var subject) -> admit(subject, drawn, knowledge);
        };
        return new Birth(proposal, knowledge.arrivals(), verdict.subject(), decision);
    }

    /** The numeric probe's refusals are never audited here: no training could save them, and it would tell nothing. */
    private Decision refuse(Verdict.Subject subject, Verdict.Rule rule, double value, boolean drawn,
            Knowledge knowledge) {
        boolean audit = drawn && rule.stage() == Verdict.Stage.STACK && !knowledge.audited(subject.hash())
                && knowledge.stackAuditFits(fullSteps(), spec.auditShare());
        return new Decision.Refuse(rule.stage().name(), rule.name(), Double.isFinite(value) ? (Double) value : null,
                audit);
    }

    /**
     * A known phenotype is replicated, then inherited, and only then discarded: replicates come before the limit of copies,
     * since with few copies in the window it would otherwise never be measured as often as was asked.
     */
    private Decision admit(Verdict.Subject subject, boolean drawn, Knowledge knowledge) {
        var strategy = spec.strategy();
        var phenotype = subject.hash();
        int orders = knowledge.orders(phenotype);
        int copies = knowledge.copies(phenotype);
        if (strategy.seenBefore() == SeenBefore.MUTATE_AGAIN && orders > 0) {
            return seen(TOO_MANY_COPIES, orders);
        }
        if (orders >= strategy.replicates()) {
            if (strategy.copiesPerPhenotype() > 0 && copies >= strategy.copiesPerPhenotype()) {
                return seen(TOO_MANY_COPIES, copies);
            }
            var heritage = knowledge.heritage(phenotype);
            return heritage == null ? seen(IN_TRAINING, orders) : heritage;
        }
        var behaviour = subject.initialBehaviour();
        int cap = strategy.copiesPerInitialBehaviour();
        if (orders == 0 && cap > 0 && behaviour != null && knowledge.alike(behaviour) >= cap) {
            return seen(TOO_MANY_ALIKE, knowledge.alike(behaviour));
        }
        boolean audit = drawn && knowledge.gateAuditFits(fullSteps(), spec.auditShare());
        return new Decision.Train(knowledge.replicate(phenotype), audit, stabilityFloor(knowledge));
    }

    private static Decision seen(String rule, int count) {
        return new Decision.Refuse(SEEN, rule, (double) count, false);
    }

    /** The median of the first anchor's accuracy in the window; null while too few are scored to say who is better. */
    private @Nullable Double stabilityFloor(Knowledge knowledge) {
        var window = knowledge.window();
        if (!spec.proxy().rejections().stability().betterHalfOnly()
                || window.scored() < spec.strategy().initialRandom()) {
            return null;
        }
        var sorted = window.members().stream().mapToDouble(member -> member.accuracies().getFirst()).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
