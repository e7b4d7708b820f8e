package dev.normforge.search;

import dev.normforge.report.Reports;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One bounded step of one search or comparison, in one transaction under its row's lock: absorb what settled, propose,
 * queue, move on to the next phase. A function of rows: any number of coordinators may call it, any of them may be killed at any
 * instruction, and the search goes on.
 */
@Component
public class Advance {

    private static final Logger LOG = LoggerFactory.getLogger(Advance.class);

    private final TransactionTemplate transactions;
    private final SearchRepository searches;
    private final BirthRepository births;
    private final ArrivalRepository arrivals;
    private final EvaluationRepository evaluations;
    private final FunnelRepository funnel;
    private final TraitRepository traits;
    private final Absorbing absorbing;
    private final CalibrationPhase calibration;
    private final EvolutionPhase evolution;
    private final ConfirmationPhase confirmation;
    private final ComparisonPhase comparison;
    private final Reports reports;
    /** What committed turns left in memory; taken out for a turn, so that a rolled back one leaves nothing. */
    private final Map<SearchId, Knowledge> memory = new ConcurrentHashMap<>();
    private final Map<SearchId, Proposing> proposing = new ConcurrentHashMap<>();

    Advance(PlatformTransactionManager transactions, SearchRepository searches, BirthRepository births,
            ArrivalRepository arrivals, EvaluationRepository evaluations, FunnelRepository funnel,
            TraitRepository traits, Absorbing absorbing, CalibrationPhase calibration, EvolutionPhase evolution,
            ConfirmationPhase confirmation,
            ComparisonPhase comparison, Reports reports) {
        this.transactions = new TransactionTemplate(transactions);
        this.searches = searches;
        this.births = births;
        this.arrivals = arrivals;
        this.evaluations = evaluations;
        this.funnel = funnel;
        this.traits = traits;
        this.absorbing = absorbing;
        this.calibration = calibration;
        this.evolution = evolution;
        this.confirmation = confirmation;
        this.comparison = comparison;
        this.reports = reports;
    }

    /** Searches of other programs, of which the log speaks once. */
    private final Set<SearchId> leftAlone = ConcurrentHashMap.newKeySet();

    private record Taken(Step step, @Nullable Knowledge knowledge) {
    }

    /** Takes one step, or none where another coordinator is at it. */
    public Step advance(SearchId id) {
        var remembered = memory.remove(id);
        var taken = transactions.execute(_ -> take(id, remembered));
        if (taken == null) {
            throw new IllegalStateException("search %s: the transaction returned nothing".formatted(id));
        }
        if (taken.knowledge() != null) {
            memory.put(id, taken.knowledge());
        }
        return taken.step();
    }

    /** Forgets every other search: those that another coordinator finished would never be asked for again. */
    void rememberOnly(Collection<SearchId> live) {
        memory.keySet().retainAll(live);
        proposing.keySet().retainAll(live);
        evolution.rememberOnly(live);
        searches.rememberOnly(live);
        leftAlone.retainAll(live);
    }

    /** Whether a turn would begin with what an earlier one knew. */
    boolean remembers(SearchId id) {
        return memory.containsKey(id);
    }

    private Taken take(SearchId id, @Nullable Knowledge remembered) {
        var locked = searches.lock(id);
        if (locked.isEmpty()) {
            return new Taken(new Step.Busy(), remembered); // untouched: the next turn reads what was written since
        }
        var head = locked.get();
        if (head.phase() == Phase.FINISHED) {
            proposing.remove(id);
            return new Taken(new Step.Finished(searches.ending(id).orElseThrow()), null);
        }
        var difference = Versions.difference(head.kind(), head.evolution(), head.simplifier());
        if (difference != null) {
            return new Taken(leaveAlone(head, difference), null);
        }
        if (head.kind() == Kind.COMPARISON) {
            return new Taken(comparison.step(head), null);
        }
        if (head.phase() == Phase.REPORT) {
            return new Taken(report(head), null);
        }
        var turn = new Turn(head, recall(head, remembered));
        if (head.intent() == Intent.CANCEL) {
            evaluations.giveUp(id);
        }
        absorbing.absorb(turn);
        switch (head.intent()) {
            case PAUSE -> {
                // Results are taken in; nothing new is ordered.
            }
            case CANCEL -> {
                if (turn.absorbed < ArrivalRepository.INBOX) {
                    turn.phase = Phase.REPORT;
                }
            }
            case RUN -> run(turn);
        }
        write(turn);
        return new Taken(turn.changed()
                ? new Step.Moved(turn.absorbed, turn.births.size(), turn.orders.size())
                : new Step.Idle(), turn.knowledge);
    }

    /** The program that made it goes on with it some day; only giving it up needs no such program. */
    private Step leaveAlone(SearchHead head, String difference) {
        if (head.intent() == Intent.CANCEL) {
            evaluations.giveUp(head.id());
            return finish(head.id(), Ending.CANCELLED, difference, null);
        }
        if (leftAlone.add(head.id())) {
            LOG.warn("{} {} is left alone: {}", head.kind().word(), head.id(), difference);
        }
        return new Step.Idle();
    }

    private void run(Turn turn) {
        switch (turn.head.phase()) {
            case CALIBRATION -> calibration.step(turn);
            case EVOLUTION ->
                evolution.step(turn, proposing.computeIfAbsent(turn.search(), _ -> new Proposing(turn.head.spec())));
            case CONFIRMATION -> confirmation.step(turn);
            case REPORT, COMPARISON, FINISHED ->
                throw new IllegalStateException("nothing to run in " + turn.head.phase());
        }
    }

    /** What an earlier turn remembered and rows written since, or all of it from rows. */
    private Knowledge recall(SearchHead head, @Nullable Knowledge remembered) {
        boolean usable = remembered != null && remembered.births() <= head.births()
                && remembered.arrivals() <= head.arrivals();
        var knowledge = usable && remembered != null ? remembered : new Knowledge(head.spec());
        if (knowledge.births() < head.births()) {
            births.known(head.id(), knowledge.births()).forEach(knowledge::after);
            knowledge.birthsAre(head.births());
            traits.mend(head.id());
        }
        if (knowledge.arrivals() < head.arrivals()) {
            arrivals.after(head.id(), knowledge.arrivals()).forEach(knowledge::after);
        }
        return knowledge;
    }

    private void write(Turn turn) {
        var head = turn.head;
        if (!turn.changed()) {
            if (head.clockDue()) {
                searches.tick(head.id(), head.activeMillis());
            }
            return;
        }
        if (!turn.births.isEmpty()) {
            births.addAll(head.id(), turn.births);
        }
        evaluations.order(head.id(), turn.orders);
        if (!turn.arrivals.isEmpty()) {
            arrivals.addAll(head.id(), turn.arrivals);
        }
        if (!turn.funnel.isEmpty()) {
            funnel.add(head.id(), turn.funnel);
        }
        traits.add(head.id(), turn.traits);
        searches.save(head.id(), turn.phase, turn.knowledge.births(), turn.knowledge.arrivals(), head.activeMillis(),
                turn.end, turn.note);
    }

    private Step report(SearchHead head) {
        var ending = switch (head.intent()) {
            case CANCEL -> Ending.CANCELLED;
            case RUN, PAUSE -> switch (head.end()) {
                case EXHAUSTED -> Ending.EXHAUSTED;
                case FAILURES -> Ending.FAILED;
                case BUDGET -> Ending.COMPLETED;
                case null -> Ending.COMPLETED;
            };
        };
        return finish(head.id(), ending, null, reports.build(head.id().value(), ending.name()).json());
    }

    private Step finish(SearchId id, Ending ending, @Nullable String note, @Nullable String report) {
        searches.finish(id, ending, note, report);
        return new Step.Finished(ending);
    }
}
