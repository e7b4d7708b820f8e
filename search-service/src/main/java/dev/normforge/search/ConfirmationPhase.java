package dev.normforge.search;

import dev.normforge.dispatch.Dispatch;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.report.ConfirmationField;
import dev.normforge.report.Contenders;
import dev.normforge.report.Measurements;
import dev.normforge.search.EvaluationRepository.Order;
import dev.normforge.search.EvaluationRepository.Trainee;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Two rounds with fresh seeds and more steps on other held-out images, all rejections off: the field with one seed, then the
 * finalists beside the references. A failed run leaves its layer with one measurement fewer and holds up nobody. What is
 * ordered fits into the minutes that are left, and its rows say what it was.
 */
@Component
class ConfirmationPhase {

    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final long MILLIS_A_MINUTE = 60_000;
    /** How many of the latest runs say how fast the workers are now. */
    private static final int RUNS_MEASURED = 16;
    /** Share of the minutes after which the second round begins nothing more. */
    private static final double LATE = 1.1;

    private final EvaluationRepository evaluations;
    private final BirthRepository births;
    private final Contenders contenders;
    private final Measurements measurements;
    private final Dispatch dispatch;

    ConfirmationPhase(EvaluationRepository evaluations, BirthRepository births, Contenders contenders,
            Measurements measurements, Dispatch dispatch) {
        this.dispatch = dispatch;
        this.evaluations = evaluations;
        this.births = births;
        this.contenders = contenders;
        this.measurements = measurements;
    }

    void step(Turn turn) {
        var second = evaluations.progress(turn.search(), Purpose.CONFIRMATION, SECOND);
        if (second.over()) {
            turn.phase = Phase.REPORT;
            return;
        }
        if (second.begun()) {
            hurry(turn, SECOND, LATE);
            return;
        }
        var first = evaluations.progress(turn.search(), Purpose.CONFIRMATION, FIRST);
        if (first.over()) {
            orderSecond(turn, first.ordered());
        } else if (first.begun()) {
            hurry(turn, FIRST, 1);
        } else {
            begin(turn);
        }
    }

    private void begin(Turn turn) {
        int layers = field(turn, turn.head.spec().confirmation().field()).size();
        if (layers == 0) {
            turn.phase = Phase.REPORT;
            return;
        }
        var ladder = ConfirmationPlan.ladder(turn.head.spec(), layers);
        var chosen = fitting(turn, ladder, new Reserve(turn.head.spec())::both);
        if (chosen == null) {
            return;
        }
        var field = field(turn, chosen.field());
        if (chosen.firstRuns() == 0) {
            orderSecond(turn, field, chosen, ladder.getFirst());
        } else {
            order(turn, FIRST, trainees(turn, field), 0, 1, chosen.steps(), ScoredOn.CONFIRM);
            turn.note = chosen.firstLacks(ladder.getFirst());
        }
    }

    /** What the first round took tells best what the second will take. */
    private void orderSecond(Turn turn, int layers) {
        var ladder = ConfirmationPlan.ladder(turn.head.spec(), layers);
        var chosen = fitting(turn, ladder, new Reserve(turn.head.spec())::last);
        if (chosen != null) {
            orderSecond(turn, finalists(turn, chosen.finalists()), chosen, ladder.getFirst());
        }
    }

    /** Milliseconds of a plan, given those of a step and the workers. */
    @FunctionalInterface
    private interface Duration {
        long of(ConfirmationPlan plan, double perStep, int slots);
    }

    /**
     * The first plan that ends in time, else the last; all that is asked for where minutes are no limit. Null to look again
     * later: where the workers are only starting, less than all would be ordered for want of those that come in a moment.
     */
    private @Nullable ConfirmationPlan fitting(Turn turn, List<ConfirmationPlan> ladder, Duration duration) {
        var minutes = turn.head.spec().budget().minutes();
        if (minutes == null) {
            return ladder.getFirst();
        }
        long left = Math.round(minutes * MILLIS_A_MINUTE) - turn.head.activeMillis();
        var crew = dispatch.crew();
        double perStep = new Reserve(turn.head.spec()).perStep(evaluations.latest(turn.search(), RUNS_MEASURED));
        var chosen = ladder.stream().filter(plan -> duration.of(plan, perStep, crew.places()) <= left).findFirst()
                .orElse(ladder.getLast());
        return chosen.equals(ladder.getFirst()) || crew.settled() ? chosen : null;
    }

    /** Where workers became so slow that a round is late all the same, what nobody has begun is given up but for the first. */
    private void hurry(Turn turn, int round, double late) {
        var minutes = turn.head.spec().budget().minutes();
        if (minutes == null || turn.head.activeMillis() <= late * minutes * MILLIS_A_MINUTE) {
            return;
        }
        int dropped = evaluations.giveUpWaiting(turn.search(), Purpose.CONFIRMATION, round, round == FIRST ? 1 : 2);
        if (dropped > 0) {
            turn.note = "for want of time %d runs of the %s round of confirmation were not begun".formatted(dropped,
                    round == FIRST ? "first" : "second");
        }
    }

    private List<Integer> field(Turn turn, int size) {
        return ConfirmationField.field(contenders.of(turn.search().value(), size), size);
    }

    /** The best of the first round; where all of it failed, the best of the search. */
    private List<Integer> finalists(Turn turn, int size) {
        var best = ConfirmationField.finalists(measurements.ofConfirmation(turn.search().value(), FIRST), size);
        return best.isEmpty() ? field(turn, size) : best;
    }

    /** The best layer and the baseline go first with all their seeds: if time runs out, these two can be compared. */
    private void orderSecond(Turn turn, List<Integer> finalists, ConfirmationPlan plan, ConfirmationPlan asked) {
        var first = new ArrayList<Trainee>();
        var others = new ArrayList<Trainee>();
        trainees(turn, finalists).forEach(layer -> (first.isEmpty() ? first : others).add(layer));
        for (var name : plan.references()) {
            var reference = new Trainee(null, name, CalibrationPhase.reference(name));
            (name.equals(ConfirmationPlan.BASELINE) ? first : others).add(reference);
        }
        order(turn, SECOND, first, 1, plan.seeds(), plan.steps(), ScoredOn.CONFIRM_AND_TEST);
        order(turn, SECOND, others, 1, plan.seeds(), plan.steps(), ScoredOn.CONFIRM_AND_TEST);
        turn.note = plan.secondLacks(asked);
    }

    private List<Trainee> trainees(Turn turn, List<Integer> layers) {
        return layers.stream().map(birth -> new Trainee(birth, null, births.graph(turn.search(), birth))).toList();
    }

    private static void order(Turn turn, int round, List<Trainee> trainees, int firstSeed, int count, int steps,
            ScoredOn scoredOn) {
        var spec = turn.head.spec();
        var seeds = new Seeds(spec.seed());
        ProxySpec proxy = spec.proxy().confirming(steps, spec.confirmation().statistics());
        for (int replicate = firstSeed; replicate < firstSeed + count; replicate++) {
            for (var trainee : trainees) {
                turn.orders.add(new Order(Purpose.CONFIRMATION, round, trainee, proxy, replicate,
                        seeds.confirming(replicate), false, false, null, scoredOn));
            }
        }
    }
}
