package dev.normforge.search;

import dev.normforge.dispatch.Dispatch;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.SearchSpec;
import dev.normforge.search.EvaluationRepository.Order;
import dev.normforge.search.EvaluationRepository.Trainee;
import dev.normforge.search.FunnelRepository.Tally;
import dev.normforge.search.SearchHead.EvolutionEnd;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps a few evaluations waiting until the budget is spent, then waits for those in training. */
@Component
class EvolutionPhase {

    /** Evaluations in a row that nobody learned anything from: no layer's doing. */
    private static final int FAILURES = 30;
    private static final long MILLIS_A_MINUTE = 60_000;
    private static final long PATIENCE_MILLIS = 15_000;
    /** Most of what calibration left of the time that is kept for confirmation: a slow machine searches, too, and confirms less. */
    private static final double LARGEST_RESERVE = 0.6;

    private final Dispatch dispatch;
    private final EvaluationRepository evaluations;
    private final FunnelRepository funnel;
    private final Pace pace;
    /** How much time had been spent when only the reserve was left. */
    private final Map<SearchId, Long> reached = new ConcurrentHashMap<>();

    EvolutionPhase(Dispatch dispatch, EvaluationRepository evaluations, FunnelRepository funnel, Pace pace) {
        this.dispatch = dispatch;
        this.evaluations = evaluations;
        this.funnel = funnel;
        this.pace = pace;
    }

    /**
     * Bounds of one turn.
     *
     * @param proposing longest time spent proposing in one transaction
     * @param nanos a clock
     * @param barren proposals in a row without one to train, after which the space counts as exhausted
     */
    record Pace(Duration proposing, LongSupplier nanos, int barren) {
        static final Pace USUAL = new Pace(Duration.ofMillis(200), System::nanoTime, 200_000);
    }

    /** Forgets every other search. */
    void rememberOnly(Collection<SearchId> live) {
        reached.keySet().retainAll(live);
    }

    void step(Turn turn, Proposing proposing) {
        int slots = dispatch.slots();
        if (turn.end == null) {
            turn.end = end(turn, slots);
        }
        if (turn.end == null) {
            propose(turn, proposing, Dispatch.depth(slots));
        }
        if (turn.end != null && turn.knowledge.open() == 0) {
            turn.phase = Phase.CONFIRMATION;
        }
    }

    private void propose(Turn turn, Proposing proposing, int depth) {
        long deadline = pace.nanos.getAsLong() + pace.proposing.toNanos();
        int waiting = dispatch.waiting(turn.search().value());
        while (waiting < depth && pace.nanos.getAsLong() < deadline) {
            turn.end = spent(turn);
            if (turn.end != null) {
                return;
            }
            waiting += decide(turn, proposing.next(turn.knowledge), proposing.fullSteps());
        }
    }

    /** @return how many evaluations were ordered */
    private static int decide(Turn turn, Birth birth, long fullSteps) {
        turn.add(birth);
        var spec = turn.head.spec();
        var trainee = new Trainee(birth.number(), null, birth.proposal().graph());
        switch (birth.decision()) {
            case Decision.Train(int replicate, boolean audit, var floor) -> {
                turn.orders.add(order(Purpose.EVOLUTION, trainee, spec, replicate, true, audit, floor));
                return 1;
            }
            case Decision.Inherit(long evaluation, var source, var pooled) -> {
                turn.add(
                        new Arrival(turn.knowledge.arrivals() + 1, birth.number(), Arrival.Source.INHERITED, evaluation,
                                pooled, 0, 0, 0));
                turn.funnel.add("INHERITED", inherited(source), new Tally(1, 0, fullSteps, 0));
                return 0;
            }
            case Decision.Refuse(var stage, var rule, var _, boolean audit) -> {
                turn.funnel.add(stage, rule, new Tally(1, 0, fullSteps, 0));
                if (!audit) {
                    return 0;
                }
                turn.orders.add(order(Purpose.AUDIT, trainee, spec, 0, false, false, null));
                return 1;
            }
        }
    }

    private static String inherited(Arrival.Source source) {
        return switch (source) {
            case SCORED -> "score";
            case REJECTED -> "rejection";
            case FAILED -> "failure";
            case LOST, INHERITED, AUDIT -> throw new IllegalStateException("%s teaches nothing".formatted(source));
        };
    }

    private static Order order(Purpose purpose, Trainee trainee, SearchSpec spec, int replicate, boolean gates,
            boolean audit, @Nullable Double floor) {
        return new Order(purpose, 0, trainee, spec.proxy(), replicate, new Seeds(spec.seed()).scoring(replicate), gates,
                audit, floor, ScoredOn.SEARCH);
    }

    private @Nullable EvolutionEnd end(Turn turn, int slots) {
        var minutes = turn.head.spec().budget().minutes();
        if (minutes != null && timeIsUp(turn, Math.round(minutes * MILLIS_A_MINUTE), slots)) {
            return EvolutionEnd.BUDGET;
        }
        var audits = turn.head.spec().budget().audits();
        return audits != null && funnel.audited(turn.search()) >= audits ? EvolutionEnd.BUDGET : spent(turn);
    }

    /**
     * Whether no more than the reserve is left, and has been for a while: when a worker dies, or the first one of several
     * starts, the reserve doubles for a moment.
     */
    private boolean timeIsUp(Turn turn, long millis, int slots) {
        long active = turn.head.activeMillis();
        var calibration = evaluations.calibrationCost(turn.search());
        long needed = new Reserve(turn.head.spec()).millis(calibration.millis() + turn.knowledge.scoredMillis(),
                calibration.steps() + turn.knowledge.scoredSteps(), slots);
        long calibrated = calibration.millis() / Math.max(1, slots);
        long reserve = Math.min(needed, Math.round(LARGEST_RESERVE * Math.max(0, millis - calibrated)));
        if (slots == 0 || active < millis - reserve - PATIENCE_MILLIS) {
            reached.remove(turn.search());
        } else {
            reached.putIfAbsent(turn.search(), active);
        }
        if (active < millis && active - reached.getOrDefault(turn.search(), active) < PATIENCE_MILLIS) {
            return false;
        }
        reached.remove(turn.search());
        if (turn.knowledge.window().scored() == 0) {
            turn.note = "%.1f minutes left no time to search: calibration took %.1f, all of confirmation would take about %.1f"
                    .formatted((double) millis / MILLIS_A_MINUTE, (double) active / MILLIS_A_MINUTE,
                            (double) needed / MILLIS_A_MINUTE);
        }
        return true;
    }

    private @Nullable EvolutionEnd spent(Turn turn) {
        var budget = turn.head.spec().budget();
        var knowledge = turn.knowledge;
        if (budget.candidates() != null && knowledge.ordered() >= budget.candidates()) {
            return EvolutionEnd.BUDGET;
        }
        if (budget.steps() != null && knowledge.steps() >= budget.steps()) {
            return EvolutionEnd.BUDGET;
        }
        if (knowledge.failuresInARow() >= FAILURES) {
            turn.note = "%d evaluations in a row failed, the commonest failure is %s".formatted(FAILURES,
                    evaluations.commonestFailure(turn.search(), Purpose.EVOLUTION));
            return EvolutionEnd.FAILURES;
        }
        if (knowledge.birthsSinceTrained() >= pace.barren) {
            turn.note = "nothing trainable among the last %d proposals".formatted(pace.barren);
            return EvolutionEnd.EXHAUSTED;
        }
        return null;
    }
}
