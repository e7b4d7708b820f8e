package dev.normforge.search;

import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.protocol.ProxySpec;
import dev.normforge.report.ConfirmationField;
import dev.normforge.report.Contenders;
import dev.normforge.report.Measurements;
import dev.normforge.search.EvaluationRepository.Order;
import dev.normforge.search.EvaluationRepository.Trainee;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Two rounds with fresh seeds and more steps on other held-out images, all rejections off: the field with one seed, then the
 * finalists beside the references. A failed run leaves its layer with one measurement fewer and holds up nobody.
 */
@Component
class ConfirmationPhase {

    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final EvaluationRepository evaluations;
    private final BirthRepository births;
    private final Contenders contenders;
    private final Measurements measurements;

    ConfirmationPhase(EvaluationRepository evaluations, BirthRepository births, Contenders contenders,
            Measurements measurements) {
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
            return;
        }
        var first = evaluations.progress(turn.search(), Purpose.CONFIRMATION, FIRST);
        if (first.over()) {
            orderSecond(turn, finalists(turn));
        } else if (!first.begun()) {
            begin(turn);
        }
    }

    private void begin(Turn turn) {
        var confirmation = turn.head.spec().confirmation();
        var field = field(turn);
        if (field.isEmpty()) {
            turn.phase = Phase.REPORT;
        } else if (field.size() <= confirmation.finalists()) {
            orderSecond(turn, field);
        } else {
            order(turn, FIRST, trainees(turn, field), 0, 1, ScoredOn.CONFIRM);
        }
    }

    private List<Integer> field(Turn turn) {
        int size = turn.head.spec().confirmation().field();
        return ConfirmationField.field(contenders.of(turn.search().value(), size), size);
    }

    /** The best of the first round; where all of it failed, the best of the search. */
    private List<Integer> finalists(Turn turn) {
        int size = turn.head.spec().confirmation().finalists();
        var best = ConfirmationField.finalists(measurements.ofConfirmation(turn.search().value(), FIRST), size);
        return best.isEmpty() ? field(turn).stream().limit(size).toList() : best;
    }

    private void orderSecond(Turn turn, List<Integer> finalists) {
        var confirmation = turn.head.spec().confirmation();
        var references = confirmation.references().stream()
                .map(name -> new Trainee(null, name, CalibrationPhase.reference(name))).toList();
        order(turn, SECOND, trainees(turn, finalists), 1, confirmation.seeds(), ScoredOn.CONFIRM_AND_TEST);
        order(turn, SECOND, references, 1, confirmation.seeds(), ScoredOn.CONFIRM_AND_TEST);
    }

    private List<Trainee> trainees(Turn turn, List<Integer> layers) {
        return layers.stream().map(birth -> new Trainee(birth, null, births.graph(turn.search(), birth))).toList();
    }

    private static void order(Turn turn, int round, List<Trainee> trainees, int firstSeed, int count,
            ScoredOn scoredOn) {
        var spec = turn.head.spec();
        var seeds = new Seeds(spec.seed());
        ProxySpec proxy = spec.proxy().confirming(spec.confirmation().steps(), spec.confirmation().statistics());
        for (int replicate = firstSeed; replicate < firstSeed + count; replicate++) {
            for (var trainee : trainees) {
                turn.orders.add(new Order(Purpose.CONFIRMATION, round, trainee, proxy, replicate,
                        seeds.confirming(replicate), false, false, null, scoredOn));
            }
        }
    }
}
