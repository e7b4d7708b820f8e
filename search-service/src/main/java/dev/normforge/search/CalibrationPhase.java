package dev.normforge.search;

import dev.normforge.graph.LayerGraph;
import dev.normforge.graph.NamedLayers;
import dev.normforge.protocol.AnchorSpec;
import dev.normforge.protocol.EvaluationRequest.ScoredOn;
import dev.normforge.report.Calibration;
import dev.normforge.report.Measurements;
import dev.normforge.search.EvaluationRepository.Order;
import dev.normforge.search.EvaluationRepository.Trainee;
import dev.normforge.search.SearchHead.EvolutionEnd;
import org.springframework.stereotype.Component;

/** Trains the reference layers under the search's own proxy, with all rejections off. */
@Component
class CalibrationPhase {

    private final EvaluationRepository evaluations;
    private final SearchRepository searches;
    private final Measurements measurements;

    CalibrationPhase(EvaluationRepository evaluations, SearchRepository searches, Measurements measurements) {
        this.evaluations = evaluations;
        this.searches = searches;
        this.measurements = measurements;
    }

    void step(Turn turn) {
        var calibration = turn.head.spec().calibration();
        var progress = evaluations.progress(turn.search(), Purpose.CALIBRATION, 0);
        if (calibration.references().isEmpty()) {
            turn.phase = Phase.EVOLUTION;
        } else if (!progress.begun()) {
            order(turn);
        } else if (progress.over() && progress.failed() == progress.ordered()) {
            turn.end = EvolutionEnd.FAILURES;
            turn.note = "no reference layer could be trained: "
                    + evaluations.commonestFailure(turn.search(), Purpose.CALIBRATION);
            turn.phase = Phase.REPORT;
        } else if (progress.over()) {
            var anchors = turn.head.spec().proxy().anchors().stream().map(AnchorSpec::name).toList();
            var runs = measurements.ofCalibration(turn.search().value());
            searches.calibrated(turn.search(), Calibration.of(anchors, runs).json());
            turn.phase = Phase.EVOLUTION;
        }
    }

    private static void order(Turn turn) {
        var spec = turn.head.spec();
        var seeds = new Seeds(spec.seed());
        for (int replicate = 0; replicate < spec.calibration().seeds(); replicate++) {
            for (var name : spec.calibration().references()) {
                turn.orders
                        .add(new Order(Purpose.CALIBRATION, 0, new Trainee(null, name, reference(name)), spec.proxy(),
                                replicate, seeds.scoring(replicate), false, false, null, ScoredOn.SEARCH));
            }
        }
    }

    static LayerGraph reference(String name) {
        return NamedLayers.find(name).orElseThrow(() -> new IllegalArgumentException(
                "reference is %s, expected one of %s".formatted(name, String.join(", ", NamedLayers.names()))));
    }
}
